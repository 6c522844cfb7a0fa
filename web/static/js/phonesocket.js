// The web socket of a test telephone. web/sound.py says what goes to and fro.

const MOST_UNSENT = 5 * 320; // Bytes; what is said beyond that would only come late.

export class PhoneSocket {
  /** wish: the telephone. frame(samples), event(object) and closed(opened) are called with what comes. */
  constructor(wish, { frame, event, closed }) {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    let opened = false;
    this.socket = new WebSocket(`${scheme}://${location.host}/sound`);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => this.socket.send(JSON.stringify({ open: wish }));
    this.socket.onmessage = ({ data }) => {
      if (typeof data !== "string") {
        frame(new Int16Array(data));
        return;
      }
      const told = JSON.parse(data);
      opened ||= "opened" in told;
      event(told);
    };
    this.socket.onclose = () => closed(opened);
  }

  do(act, words = "") {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ do: act, words }));
  }

  say(frame) {
    if (this.socket.readyState === WebSocket.OPEN && this.socket.bufferedAmount < MOST_UNSENT) this.socket.send(frame);
  }

  close() {
    this.socket.onclose = null;
    this.socket.close();
  }
}
