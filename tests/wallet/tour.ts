import { endorse, makeDeviceKey } from '../../host/device-key.ts';
import type { ClaimId, EventId, NoteId, PeriodId, WalletPhone } from '../../terminal/ids.ts';
import { minorFromTenge } from '../../terminal/money.ts';
import type { Clock } from '../../terminal/ports.ts';
import { ask } from '../../terminal/wallet/call.ts';
import {
  checkCall,
  claimCall,
  collectionCall,
  eventsCall,
  profileCall,
  registerCall,
  registerDayCall,
} from '../../terminal/wallet/codec-terminal.ts';
import { batchCall, statusCall, topUpCall, voidCall } from '../../terminal/wallet/codec-top-up.ts';
import { pairCall } from '../../terminal/wallet/pairing.ts';
import { aigul, operationIdAt, terminalNumber, topUpOf, type World } from './world.ts';

/** Puts every question of the contract, most of them in more than one way. */
export async function tour(world: World, clock: Clock): Promise<void> {
  await money(world, clock);
  await reports(world, clock);
  await pairing(world);
}

async function money(world: World, clock: Clock): Promise<void> {
  for (const last of ['1', '3', '4', '5', '6', '9']) {
    await world.ask(checkCall, { wallet: `+7701000000${last}` as WalletPhone });
  }
  const check = await world.ask(checkCall, { wallet: aigul });
  const held = check.kind === 'open' ? { holdId: check.hold.holdId } : {};
  const credited = topUpOf(clock, held);
  await world.ask(topUpCall, credited);
  await world.ask(topUpCall, topUpOf(clock, { supplementOf: credited.operationId }));
  const blocked = topUpOf(clock, { wallet: '+77010000004' as WalletPhone });
  await world.ask(topUpCall, blocked);
  const voided = topUpOf(clock);
  await world.ask(voidCall, { ...voided, reason: 'tour' });
  await world.ask(voidCall, { ...credited, reason: 'tour' });
  world.backend.faults.add({ kind: 'accept', creditAfterMs: 600_000, promises: true }, { times: 1 });
  const accepted = topUpOf(clock);
  await world.ask(topUpCall, accepted);
  await world.ask(batchCall, { items: [credited, blocked, voided, accepted, topUpOf(clock)] });
  for (const asked of [credited, blocked, voided, accepted, topUpOf(clock)])
    await world.ask(statusCall, asked);
}

async function reports(world: World, clock: Clock): Promise<void> {
  const nowMs = clock.wallMs();
  const id = operationIdAt(nowMs, 1) as string;
  const anchor = { sequence: 5, head: 'a'.repeat(64) };
  const event = {
    eventId: id as EventId,
    occurredAtMs: nowMs,
    name: 'paper-out',
    severity: 'warning',
  } as const;
  await world.ask(eventsCall, {
    terminalNumber,
    sentAtMs: nowMs,
    anchor,
    events: [{ ...event, fields: { left: 0 } }],
  });
  const forked = { ...anchor, head: 'b'.repeat(64) };
  await world.ask(eventsCall, { terminalNumber, sentAtMs: nowMs, anchor: forked, events: [] });
  await world.ask(profileCall, { terminalNumber });
  const doubtfulNotes = [
    { noteId: id as NoteId, operationId: topUpOf(clock).operationId, denominationMinor: minorFromTenge(500) },
    { noteId: id as NoteId, operationId: undefined, denominationMinor: undefined },
  ];
  const common = { terminalNumber, currency: 'KZT', openedAtMs: nowMs, doubtfulNotes } as const;
  await world.ask(collectionCall, {
    ...common,
    periodId: id as PeriodId,
    periodNumber: 1,
    closedAtMs: nowMs,
    closing: 'unannounced',
    notes: [],
    sumMinor: minorFromTenge(0),
    anchor,
  });
  await world.ask(claimCall, {
    ...common,
    claimId: id as ClaimId,
    claimNumber: '1',
    operationId: topUpOf(clock).operationId,
    operationNumber: '1',
    wallet: aigul,
    certainMinor: minorFromTenge(0),
  });
  const day = new Date(nowMs + 5 * 3_600_000).toISOString().slice(0, 10);
  const { operationId, amountMinor } = topUpOf(clock);
  await world.ask(registerCall, {
    terminalNumber,
    day,
    currency: 'KZT',
    items: [{ operationId, amountMinor }],
  });
  await world.ask(registerDayCall, { day, currency: 'KZT' });
}

async function pairing(world: World): Promise<void> {
  const next = makeDeviceKey();
  const sender = { send: world.client.sendSignedWith.bind(undefined, next) };
  const request = { terminalNumber, publicKey: next.publicKey };
  await ask(sender, pairCall, { ...request, right: { kind: 'code', code: 'wrong' } }, 5_000);
  const signature = endorse(world.key, terminalNumber, next);
  const right = { kind: 'endorsement', keyId: world.key.keyId, signature } as const;
  await ask(sender, pairCall, { ...request, right }, 5_000);
  const code = world.backend.pairingCode(terminalNumber);
  await ask(sender, pairCall, { ...request, right: { kind: 'code', code } }, 5_000);
}
