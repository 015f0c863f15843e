import { describe, expect, test } from 'vitest';
import type { ClaimId, EventId, NoteId, PeriodId } from '../../terminal/ids.ts';
import { minorFromTenge } from '../../terminal/money.ts';
import {
  claimCall,
  collectionCall,
  eventsCall,
  profileCall,
  registerCall,
  registerDayCall,
} from '../../terminal/wallet/codec-terminal.ts';
import { topUpCall } from '../../terminal/wallet/codec-top-up.ts';
import type { TopUpRequest } from '../../terminal/wallet/messages.ts';
import { aigul, openVirtualWorld, operationIdAt, terminalNumber, topUpOf } from './world.ts';

describe('reports', () => {
  const head = (digit: string): string => digit.repeat(64);
  const eventsOf = (sequence: number, digit: string) => ({
    terminalNumber,
    sentAtMs: 0,
    anchor: { sequence, head: head(digit) },
    events: [],
  });

  test('the highest anchor is kept, an old one known, and a fork refused', async () => {
    const world = openVirtualWorld();
    await world.ask(eventsCall, eventsOf(10, 'a'));
    expect(await world.ask(eventsCall, eventsOf(20, 'b'))).toEqual({
      kind: 'stored',
      anchor: { sequence: 20, head: head('b') },
    });
    expect((await world.ask(eventsCall, eventsOf(10, 'a'))).kind).toBe('stored');
    const highest = { sequence: 20, head: head('b') };
    expect(await world.ask(eventsCall, eventsOf(20, 'c'))).toEqual({ kind: 'forked', anchor: highest });
    expect(await world.ask(eventsCall, eventsOf(15, 'd'))).toEqual({ kind: 'forked', anchor: highest });
    const profile = await world.ask(profileCall, { terminalNumber });
    expect(profile).toMatchObject({ kind: 'profile', profile: { anchor: highest, terminalNumber } });
  });

  test('an event is kept once, from a forked terminal too', async () => {
    const world = openVirtualWorld();
    const event = {
      eventId: operationIdAt(world.clock.wallMs(), 1) as string as EventId,
      occurredAtMs: world.clock.wallMs(),
      name: 'jam-in-head',
      severity: 'alarm',
      fields: { note: 3, open: true },
    } as const;
    await world.ask(eventsCall, { ...eventsOf(20, 'b'), events: [event] });
    await world.ask(eventsCall, { ...eventsOf(20, 'c'), events: [event] });
    expect(world.backend.records('event')).toMatchObject([
      { terminal: terminalNumber, body: { name: 'jam-in-head' } },
    ]);
  });

  test('a collection and a claim are stored once', async () => {
    const world = openVirtualWorld();
    const id = operationIdAt(world.clock.wallMs(), 1) as string;
    const note = { noteId: id as NoteId, operationId: undefined, denominationMinor: undefined };
    const collection = {
      periodId: id as PeriodId,
      terminalNumber,
      periodNumber: 4,
      openedAtMs: 0,
      closedAtMs: 1,
      closing: 'collected',
      currency: 'KZT',
      notes: [{ denominationMinor: minorFromTenge(500), count: 3 }],
      sumMinor: minorFromTenge(1_500),
      doubtfulNotes: [note],
      anchor: { sequence: 1, head: head('a') },
    } as const;
    const claim = {
      claimId: id as ClaimId,
      terminalNumber,
      claimNumber: '77',
      operationId: topUpOf(world.clock).operationId,
      operationNumber: '12',
      wallet: aigul,
      currency: 'KZT',
      certainMinor: minorFromTenge(0),
      doubtfulNotes: [note],
      openedAtMs: 0,
    } as const;
    for (let tries = 0; tries < 2; tries += 1) {
      expect(await world.ask(collectionCall, collection)).toEqual({ kind: 'stored' });
      expect(await world.ask(claimCall, claim)).toEqual({ kind: 'stored' });
    }
    expect(world.backend.records('collection')).toHaveLength(1);
    expect(world.backend.records('claim')).toHaveLength(1);
  });

  test('the register is compared both ways', async () => {
    const world = openVirtualWorld();
    const [both, onlyBackend, otherAmount] = [
      topUpOf(world.clock),
      topUpOf(world.clock),
      topUpOf(world.clock),
    ];
    for (const request of [both, onlyBackend, otherAmount]) await world.ask(topUpCall, request);
    const onlyTerminal = topUpOf(world.clock);
    const day = { terminalNumber, day: '2026-11-22', currency: 'KZT' } as const;
    const item = ({ operationId, amountMinor }: TopUpRequest) => ({ operationId, amountMinor });
    const all = [both, onlyBackend, otherAmount].map(item);
    expect(await world.ask(registerCall, { ...day, items: all })).toEqual({ kind: 'agreed' });
    const items = [item(both), item(onlyTerminal), { ...item(otherAmount), amountMinor: minorFromTenge(1) }];
    expect(await world.ask(registerCall, { ...day, items })).toEqual({
      kind: 'differs',
      missingAtBackend: [onlyTerminal.operationId],
      missingAtTerminal: [item(onlyBackend)],
      otherAmounts: [item(otherAmount)],
    });
    expect(await world.ask(registerDayCall, day)).toEqual({
      kind: 'register',
      sumMinor: minorFromTenge(6_000),
      items: all,
    });
    expect(await world.ask(registerDayCall, { ...day, day: '2026-11-23' })).toMatchObject({ items: [] });
  });
});
