import { seedWallets } from '../simulator/wallet/seed-wallets.ts';
import type { WalletServer } from '../simulator/wallet-server.ts';
import { formatMinor, minor } from '../terminal/money.ts';
import type { DeviceProcess } from './simulated-device.ts';

/* What a person at the prompt can do to a simulated terminal besides touching its screen. */

export interface SimulatedSurroundings {
  readonly acceptor: DeviceProcess;
  readonly printer: DeviceProcess;
  readonly backend: WalletServer;
}

export const handsHelp = `  note 5000                                    insert a banknote
  acceptor jam | acceptor cassette out | …     lay hands on the acceptor
  printer paper out | printer cover open | …   lay hands on the printer
  printer png receipt.png                      look at the last slip
  backend down | backend up | backend {…}      switch a fault of the backend on, or all of them off
  wallets                                      what the wallets hold`;

/** Does what the words say; false if they mean nothing here. */
export function layHands(surroundings: SimulatedSurroundings, word: string, others: string): boolean {
  const { acceptor, printer, backend } = surroundings;
  switch (word) {
    case 'note':
      acceptor.say(`insert ${others}`);
      return true;
    case 'acceptor':
      acceptor.say(others);
      return true;
    case 'printer':
      printer.say(others);
      return true;
    case 'backend':
      tellBackend(backend, others);
      return true;
    case 'wallets':
      for (const { phone } of seedWallets) {
        console.log(`  ${phone}  ${formatMinor(minor(backend.ledger.balanceMinor(phone)))}`);
      }
      return true;
    default:
      return false;
  }
}

/** `down`, `up`, or a fault as the backend knows it: `{"fault":{"kind":"slow","delayMs":3000},"call":"check"}`. */
function tellBackend(backend: WalletServer, words: string): void {
  if (words === 'down') backend.faults.add({ kind: 'drop-before' });
  else if (words === 'up') backend.faults.clear();
  else {
    const complaint = backend.faults.addCommand(jsonOf(words));
    if (complaint !== undefined) console.log(complaint);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
