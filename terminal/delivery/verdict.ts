import { unreachable } from '../assert.ts';
import type { UnknownAnswer } from '../wallet/messages.ts';
import type { ProblemName } from '../wallet/problem.ts';
import type { Verdict } from './breaker.ts';
import type { Reply } from './event.ts';

/** Any answer of the backend, reduced to whether it decided something. */
export type AnyAnswer = { readonly kind: 'decided' } | UnknownAnswer;

/** What each part of a reply says; more than one only for a batch. */
export function answersOf(reply: Reply): readonly AnyAnswer[] {
  if (reply.to !== 'batch') return [reduced(reply.answer)];
  return reply.answer.items.map((item) => reduced(item.answer));
}

function reduced(answer: { readonly kind: string } | UnknownAnswer): AnyAnswer {
  return isUnknown(answer) ? answer : { kind: 'decided' };
}

function isUnknown(answer: { readonly kind: string } | UnknownAnswer): answer is UnknownAnswer {
  return answer.kind === 'unknown';
}

/** Did a verified signature of the backend reach us? Only that is contact. */
export function isSigned(answer: AnyAnswer): boolean {
  return answer.kind === 'decided' || answer.why !== 'no-answer';
}

/** True if it is certain that the backend has not seen the request: then the row itself has not been tried. */
export function isUnsent(answer: UnknownAnswer): boolean {
  return answer.why === 'no-answer' && !answer.sentMaybe;
}

export function retryAfterOf(answer: UnknownAnswer): number | undefined {
  return answer.why === 'no-answer' || answer.why === 'problem' ? answer.retryAfterMs : undefined;
}

/** One word for the journal. */
export function whyOf(answer: UnknownAnswer): string {
  switch (answer.why) {
    case 'no-answer':
      return `no answer: ${answer.reason}`;
    case 'problem':
      return `problem: ${answer.problem}`;
    case 'mismatch':
      return `mismatch: ${answer.field}`;
    case 'unexpected':
      return `unexpected: ${answer.detail.slice(0, 120)}`;
    default:
      return unreachable(answer);
  }
}

/** Trouble with this one row: the backend itself works. */
export function isAboutTheRow(problem: ProblemName): boolean {
  return problem === 'request-invalid' || problem === 'operation-of-another-terminal';
}

/** What a whole reply says about the backend. A batch in which anything was decided shows that it works. */
export function verdictOf(answers: readonly AnyAnswer[]): Verdict {
  if (answers.some((answer) => answer.kind === 'decided')) return { kind: 'works' };
  const failures = answers.filter((answer) => answer.kind === 'unknown').filter(isFailure);
  if (failures.length === 0) return { kind: 'nothing' };
  const rests = failures.map(retryAfterOf).filter((restMs) => restMs !== undefined);
  return { kind: 'fails', retryAfterMs: rests.length === 0 ? undefined : Math.max(...rests) };
}

function isFailure(answer: UnknownAnswer): boolean {
  switch (answer.why) {
    case 'no-answer':
    case 'unexpected':
      return true;
    case 'mismatch':
      return false;
    case 'problem':
      return !isAboutTheRow(answer.problem);
    default:
      return unreachable(answer);
  }
}
