/** First in, first out, by the byte. */
export class ByteQueue {
  #bytes = new Uint8Array(1024);
  #start = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow();
    this.#bytes[(this.#start + this.#length) % this.#bytes.length] = byte;
    this.#length += 1;
  }

  shift(): number | undefined {
    if (this.#length === 0) return undefined;
    const byte = this.#bytes[this.#start];
    this.#start = (this.#start + 1) % this.#bytes.length;
    this.#length -= 1;
    return byte;
  }

  clear(): void {
    this.#length = 0;
  }

  #grow(): void {
    const grown = new Uint8Array(this.#bytes.length * 2);
    for (let at = 0; at < this.#length; at += 1) {
      grown[at] = this.#bytes[(this.#start + at) % this.#bytes.length] ?? 0;
    }
    this.#bytes = grown;
    this.#start = 0;
  }
}
