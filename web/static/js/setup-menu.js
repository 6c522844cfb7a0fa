// What callers will hear is heard while the greeting is chosen.

import { prepareSpeaking } from "./speaking.js";

prepareSpeaking(document, "/setup/speak", () => "");
