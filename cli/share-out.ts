import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';

/**
 * Shares tasks out over as many processes as there are cores: each is told one line and answers with one line. `script`
 * is the program that works so. Fails if a process ends before it has answered.
 */
export async function shareOut(
  script: string,
  options: readonly string[],
  tasks: Iterable<string>,
  onAnswer: (line: string) => void,
): Promise<void> {
  const queue = tasks[Symbol.iterator]();
  const oneWorker = async (): Promise<void> => {
    let task = queue.next();
    if (task.done === true) return;
    const child = spawn(process.execPath, [script, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write(`${task.value}\n`);
    for await (const line of createInterface({ input: child.stdout })) {
      onAnswer(line);
      task = queue.next();
      if (task.done === true) child.stdin.end();
      else child.stdin.write(`${task.value}\n`);
    }
    if (task.done !== true) throw new Error(`a process ended without an answer to ${task.value}`);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, oneWorker));
}

/** Works for `shareOut`: answers each line that comes in. */
export async function answerLines(answer: (line: string) => Promise<string>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) console.log(await answer(line));
}
