/*
 * Loaded into a simulated terminal's process before anything else (`node --import`): its wall clock runs ahead of the
 * machine's by QYZYL_CLOCK_AHEAD_MS, as if somebody had set it. The terminal itself knows nothing of this.
 */

const aheadMs = Number(process.env['QYZYL_CLOCK_AHEAD_MS'] ?? 0);
const realDate = Date;
const now = (): number => realDate.now() + aheadMs;

globalThis.Date = new Proxy(realDate, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
