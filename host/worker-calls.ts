import { Worker } from 'node:worker_threads';
import { StorageError } from '../db/errors.ts';
import { type Answer, errorOf, openingId, type Request } from './store-messages.ts';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: StorageError) => void;
}

/** Calls into a worker thread that answers each by its id. */
export interface WorkerCalls<Call> {
  /** What the worker answers to this very call is of the type that the caller names. */
  call<Result>(call: Call): Promise<Result>;
  /** Resolves when the thread is gone. */
  ended(): Promise<void>;
}

/** A walk over millions of rows leaves much garbage: without a limit the thread would keep it for hours. */
const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };

/** Starts the worker; resolves once it says that it is ready, rejects with the {@link StorageError} it ended with. */
export async function startWorker<Call>(entry: URL, workerData: unknown): Promise<WorkerCalls<Call>> {
  const worker = new Worker(entry, { workerData, resourceLimits });
  const pending = new Map<number, Pending>();
  let lastId = openingId;
  let death: StorageError | undefined;

  // Calls of one turn travel together: a message costs more than what it carries.
  let outgoing: Request<Call>[] = [];
  const post = (request: Request<Call>): void => {
    if (outgoing.length === 0) queueMicrotask(flush);
    outgoing.push(request);
  };
  const flush = (): void => {
    worker.postMessage(outgoing);
    outgoing = [];
  };
  const waitFor = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => void pending.set(id, { resolve, reject }));
  const settle = (answer: Answer): void => {
    const waiting = pending.get(answer.id);
    pending.delete(answer.id);
    if (answer.kind === 'done') waiting?.resolve(answer.value);
    else waiting?.reject(errorOf(answer));
  };
  const onDeath = (message: string): void => {
    death ??= new StorageError('io', message);
    for (const { reject } of pending.values()) reject(death);
    pending.clear();
  };
  const exit = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      onDeath(`the database thread ended with code ${code}`);
      resolve();
    });
  });
  worker.on('message', (answers: readonly Answer[]) => answers.forEach(settle));
  worker.on('error', (error) => onDeath(`the database thread failed: ${error.message}`));

  await waitFor(openingId);
  return {
    call: async <Result>(call: Call): Promise<Result> => {
      if (death !== undefined) throw death;
      lastId += 1;
      const answered = waitFor(lastId) as Promise<Result>;
      post({ id: lastId, call });
      return await answered;
    },
    ended: () => exit,
  };
}
