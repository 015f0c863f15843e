import { ed25519Sealer } from '../../db/sealer.ts';
import { ledgerPlace } from '../../host/simulate.ts';
import { enrolStaff, simulatedPin, staffIdOfRole } from '../../host/simulated-staff.ts';
import type { WorldOptions } from '../../simulator/world.ts';
import { type ServicePageView, serviceModeSchema } from '../../terminal/contract/service-mode.ts';
import type { Role } from '../../terminal/staff/roles.ts';
import type { StaffId } from '../../terminal/staff/staff.ts';
import { World } from './world.ts';

/* A terminal that knows one person of each role, and the fingers of those people. */

export class StaffedWorld extends World {
  constructor(options: WorldOptions = {}) {
    super(options);
    enrolStaff(ledgerPlace(this.machine), ed25519Sealer(this.machine.sealKey), this.clock.wallMs());
  }

  /** From the screen that nobody uses to the first page of somebody's work. */
  async signIn(
    role: Role,
    pin: string = simulatedPin,
    staffId: StaffId = staffIdOfRole(role),
  ): Promise<void> {
    await this.press('staff-knock');
    for (let count = 1; count < 5; count += 1) await this.tap('staff-knock');
    await this.typeDigits(staffId);
    await this.typeDigits(pin);
    await this.clock.advance(10);
    if (this.page().kind !== 'home')
      throw new Error(`${role} did not get in: ${JSON.stringify(this.page())}`);
  }

  /** Away, although not everything is in order. */
  async leaveAllTheSame(): Promise<void> {
    await this.press('staff-leave');
    this.pageOf('leaving');
    await this.press('staff-leave');
  }

  async typeDigits(digits: string): Promise<void> {
    await this.press('staff-digit', digits.slice(0, 1));
    for (const digit of digits.slice(1)) await this.tap('staff-digit', digit);
  }

  /** The actions that may be pressed now. */
  offered(): readonly string[] {
    return this.view.offers.map(({ action }) => action);
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
