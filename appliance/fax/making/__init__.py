"""Pages for a fax, of what people want to send: PDF, pictures and text, each made by a process of its own."""
