import { parseArgs } from 'node:util';
import { systemClock } from '../host/system-clock.ts';
import { runDeviceConsole } from '../simulator/device-console.ts';
import { isModelName, modelNames } from '../simulator/devices/printer/models.ts';
import { servePty } from '../simulator/pty.ts';
import { simulatedProtocols } from '../simulator/simulated-protocols.ts';
import { serveTcp } from '../simulator/tcp.ts';
import { tracedDevice } from '../simulator/traced-device.ts';
import { listCommand, listUsage } from './device-list.ts';
import { probeCommand, probeUsage } from './device-probe.ts';
import { UsageError } from './usage-error.ts';

const usage = `usage: device simulate <protocol> --pty | --tcp [--fast] [--trace] [--model <printer>]
  protocols: ${Object.keys(simulatedProtocols).join(', ')}
  --pty   serve on a pseudo-terminal (needs socat)
  --tcp   serve on a TCP port of this machine
  --fast  mechanics that take 50 ms instead of seconds
  --trace tells the bytes that pass, too (of many together the first 32)
  --model which printer speaks escpos: ${modelNames.join(', ')}
Commands on standard input, one a line; events on standard output, one JSON document a line.
${probeUsage}
${listUsage}`;

type Subcommand = (args: readonly string[]) => Promise<void>;

const subcommands: Readonly<Record<string, Subcommand>> = {
  simulate,
  probe: probeCommand,
  list: listCommand,
};

async function simulate(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      pty: { type: 'boolean', default: false },
      tcp: { type: 'boolean', default: false },
      fast: { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      model: { type: 'string', default: 'epson-tm-t88vi' },
    },
  });
  const [protocol = '', ...others] = positionals;
  const makeUnit = Object.hasOwn(simulatedProtocols, protocol) ? simulatedProtocols[protocol] : undefined;
  if (makeUnit === undefined) throw new UsageError(`unknown protocol: ${protocol || '(none)'}`);
  if (values.pty === values.tcp || others.length > 0) throw new UsageError('give one of --pty and --tcp');
  if (!isModelName(values.model)) throw new UsageError(`unknown model: ${values.model}`);
  const unit = makeUnit({ clock: systemClock, isFast: values.fast, printerModel: values.model });
  const printLine = (json: string): void => void process.stdout.write(`${json}\n`);
  const device = values.trace
    ? tracedDevice(unit.device, (bytes) => printLine(JSON.stringify(bytes)))
    : unit.device;
  const plug = values.pty ? await servePty(device) : await serveTcp(device);
  const stopper = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopper.abort());
  await runDeviceConsole({
    protocol,
    unit,
    plug,
    commands: process.stdin,
    stop: stopper.signal,
    printLine,
  });
}

async function main([name = '', ...args]: readonly string[]): Promise<void> {
  if ([name, ...args].includes('--help')) return void console.log(usage);
  const run = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (run === undefined) throw new UsageError(`unknown command: ${name || '(none)'}`);
  await run(args);
}

main(process.argv.slice(2)).then(
  // Nothing is left to do; a device's pending timers need not be waited for.
  () => process.exit(0),
  (error: unknown) => {
    const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
    console.error(error instanceof Error ? error.message : String(error));
    if (isUsage) console.error(usage);
    process.exit(isUsage ? 2 : 1);
  },
);
