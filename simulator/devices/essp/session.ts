import { command, response } from './codes.ts';
import { encryptedPacket, fromEightBytes, looksPrime, PacketCipher, raise, toEightBytes } from './packet.ts';
import type { EsspSettings } from './settings.ts';

export type Opened =
  | { readonly kind: 'command'; readonly data: Uint8Array; readonly isEncrypted: boolean }
  | { readonly kind: 'answer'; readonly data: Uint8Array }
  /** Not a word is said. */
  | { readonly kind: 'discarded' };

/** The keys and the count between this unit and one host (eSSP §7). */
export class KeySession {
  readonly #settings: () => EsspSettings;
  readonly #onNewKeys: () => void;
  #generator: bigint | undefined;
  #modulus: bigint | undefined;
  #cipher: PacketCipher | undefined;
  #count = 0;
  #exchanges = 0;

  constructor(settings: () => EsspSettings, onNewKeys: () => void) {
    this.#settings = settings;
    this.#onNewKeys = onNewKeys;
  }

  forget(): void {
    this.#generator = undefined;
    this.#modulus = undefined;
    this.#cipher = undefined;
    this.#count = 0;
  }

  /** Takes what a frame holds out of its envelope; the key exchange is answered here. */
  open(data: Uint8Array): Opened {
    const { encryption, onWrongKey } = this.#settings();
    const [code = 0] = data;
    if (code === encryptedPacket) {
      const packet = this.#cipher?.decrypt(data) ?? 'bad-crc';
      const isOfAnotherKey = packet === 'bad-crc';
      if (!isOfAnotherKey && packet.count === this.#count)
        return { kind: 'command', data: packet.data, isEncrypted: true };
      // Out of step it is not answered in any case (§7).
      if (!isOfAnotherKey || onWrongKey === 'silence') return { kind: 'discarded' };
      return { kind: 'answer', data: Uint8Array.of(response.keyNotSet) };
    }
    const isExchange = code >= command.setGenerator && code <= command.requestKeyExchange;
    if (isExchange && encryption !== 'none') return { kind: 'answer', data: this.#exchange(data) };
    const isShut = encryption === 'forced' && this.#cipher === undefined && code !== command.sync;
    if (isShut) return { kind: 'answer', data: Uint8Array.of(response.keyNotSet) };
    return { kind: 'command', data, isEncrypted: false };
  }

  /** Puts an answer into the envelope that the command came in. */
  close(data: Uint8Array, isEncrypted: boolean): Uint8Array {
    if (!isEncrypted || this.#cipher === undefined) return data;
    this.#count += 1;
    return this.#cipher.encrypt(this.#count, data);
  }

  #exchange(data: Uint8Array): Uint8Array {
    if (data.length !== 9) return Uint8Array.of(response.wrongParameterCount);
    const value = fromEightBytes(data.slice(1));
    if (data[0] === command.requestKeyExchange) return this.#agree(value);
    if (!looksPrime(value)) return Uint8Array.of(response.outOfRange);
    if (data[0] === command.setGenerator) this.#generator = value;
    else this.#modulus = value;
    return Uint8Array.of(response.ok);
  }

  #agree(theirs: bigint): Uint8Array {
    if (this.#generator === undefined || this.#modulus === undefined) return Uint8Array.of(response.fail);
    this.#exchanges += 1;
    const secret = BigInt(this.#exchanges) * 0x9e3779b9n + 43_981n;
    this.#cipher = new PacketCipher(raise(theirs, secret, this.#modulus));
    this.#count = 0;
    this.#onNewKeys();
    return Uint8Array.from([response.ok, ...toEightBytes(raise(this.#generator, secret, this.#modulus))]);
  }
}
