import * as z from 'zod';

/*
 * Problem details (RFC 9457) of the wallet backend. The `type` alone carries the meaning; the status code beside it is
 * for proxies and people.
 */

const problemTypePrefix = 'urn:qyzyl:problem:';

/** A refusal: the operation was understood and not credited. It may carry the reason to the customer's screen. */
export const refusalReasons = [
  'wallet-unknown',
  'wallet-blocked',
  'wallet-closed',
  'limit-exceeded',
  'currency-not-accepted',
  'operation-too-old',
  'supplement-not-accepted',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** What stands in the way of an answer. Nothing about the operation itself has been decided. */
export const troubleProblems = [
  'wallet-exhausted', // only as the answer to a check
  'operation-not-seen', // only as the answer to a status question
  'operation-expired', // likewise
  'operation-of-another-terminal',
  'pairing-code-invalid', // only as the answer to a pairing
  'chain-forked', // only as the answer to events
  'clock-skew',
  'nonce-replayed',
  'signature-missing',
  'signature-invalid',
  'digest-mismatch',
  'key-unknown',
  'terminal-mismatch',
  'request-invalid',
  'not-found',
  'too-many-requests',
  'unavailable',
  'internal-error',
] as const;
export type TroubleProblem = (typeof troubleProblems)[number];

export type ProblemName = RefusalReason | TroubleProblem;

const problemSchema = z.object({ type: z.string(), detail: z.string().optional() });

/** The problem that `body` is, if it is one of the catalogue; `undefined` for anything else. */
export function problemOf(body: unknown): ProblemName | undefined {
  const parsed = problemSchema.safeParse(body);
  if (!parsed.success || !parsed.data.type.startsWith(problemTypePrefix)) return undefined;
  const name = parsed.data.type.slice(problemTypePrefix.length);
  return [...refusalReasons, ...troubleProblems].find((known) => known === name);
}

export function isRefusal(name: ProblemName): name is RefusalReason {
  return refusalReasons.some((reason) => reason === name);
}

/** The URI under which `name` travels. */
export function problemType(name: ProblemName): string {
  return `${problemTypePrefix}${name}`;
}

/**
 * Trouble that no waiting mends: the terminal and the backend disagree about keys, identity or the shape of the
 * contract, and a person has to look.
 */
export function needsPerson(name: ProblemName): boolean {
  switch (name) {
    case 'signature-missing':
    case 'signature-invalid':
    case 'key-unknown':
    case 'terminal-mismatch':
    case 'request-invalid':
    case 'not-found':
    case 'operation-of-another-terminal':
    case 'chain-forked':
      return true;
    default:
      return false;
  }
}
