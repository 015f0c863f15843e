import { randomBytes } from 'node:crypto';
import { openLedger } from '../../db/ledger.ts';
import { ed25519Sealer } from '../../db/sealer.ts';
import { ledgerPlace } from '../../host/simulate.ts';
import type { WorldOptions } from '../../simulator/world.ts';
import { type ServicePageView, serviceModeSchema } from '../../terminal/contract/service-mode.ts';
import type { Fact } from '../../terminal/facts.ts';
import { type Role, roles } from '../../terminal/staff/roles.ts';
import type { StaffId } from '../../terminal/staff/staff.ts';
import { World } from './world.ts';

/* A terminal that knows one person of each role, and the fingers of those people. */

export const staffPin = '493816';

export function staffIdOfRole(role: Role): StaffId {
  return String(1001 + roles.indexOf(role)) as StaffId;
}

export class StaffedWorld extends World {
  constructor(options: WorldOptions = {}) {
    super(options);
    const ledger = openLedger(ledgerPlace(this.machine), {
      sealer: ed25519Sealer(this.machine.sealKey),
      randomBytes,
    });
    ledger.commit(roles.flatMap(enrolled), this.clock.wallMs());
    ledger.close();
  }

  /** From the screen that nobody uses to the first page of somebody's work. */
  async signIn(role: Role, pin: string = staffPin): Promise<void> {
    await this.press('staff-knock');
    for (let count = 1; count < 5; count += 1) await this.tap('staff-knock');
    await this.typeDigits(staffIdOfRole(role));
    await this.typeDigits(pin);
    await this.clock.advance(10);
    if (this.page().kind !== 'home')
      throw new Error(`${role} did not get in: ${JSON.stringify(this.page())}`);
  }

  async typeDigits(digits: string): Promise<void> {
    await this.press('staff-digit', digits.slice(0, 1));
    for (const digit of digits.slice(1)) await this.tap('staff-digit', digit);
  }

  /** The page of service mode, as its screen reads it. */
  page(): ServicePageView {
    return serviceModeSchema.parse(this.screen('service-mode').page).page;
  }

  pageOf<Kind extends ServicePageView['kind']>(kind: Kind): Extract<ServicePageView, { kind: Kind }> {
    const page = this.page();
    if (page.kind !== kind) throw new Error(`the page is ${page.kind}, not ${kind}`);
    return page as Extract<ServicePageView, { kind: Kind }>;
  }
}

/** The simulated keeper of PINs lets a PIN stand for itself. */
function enrolled(role: Role): readonly Fact[] {
  const staffId = staffIdOfRole(role);
  const by = 'command-line';
  return [
    { kind: 'staff-enrolled', staffId, role, by },
    { kind: 'staff-pin-set', staffId, verifier: `plain ${staffPin}`, mustChange: false, by },
  ];
}
