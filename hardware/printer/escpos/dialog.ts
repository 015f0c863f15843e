import { unreachable } from '../../../terminal/assert.ts';
import type { PrintOutcome } from '../../../terminal/devices.ts';
import { askQueuedStatus, opening, type PrintJob } from './encode.ts';
import {
  type Complaint,
  complaintOf,
  type PrinterHealth,
  type StatusQuestion,
  soundHealth,
  withRealTimeStatus,
} from './health.ts';
import type { EscposProfile } from './profile.ts';
import type { PrinterReply } from './status.ts';
import type { Dialog } from './step.ts';

/** Waits and counts of the conversations. */
const dialogTimings = {
  statusMsMax: 500,
  identityMsMax: 1_000,
  /** From the last byte to the proof that paper came out. */
  proofMsMax: 10_000,
  fullStatusIntervalMs: 100,
  bufferClearMsMax: 500,
  /** What stood in the queue before may have to be printed first. */
  flushAnswerMsMax: 3_000,
  flushRoundsMax: 4,
  slipCollectMsMax: 5_000,
  /** "Processed" comes before the last rows and the cut: so long is a fault still looked out for. */
  lastRowsMs: 1_000,
} as const;

/** What a driver knows of its printer; the conversations keep it up to date. */
export interface PrinterMemory {
  health: PrinterHealth;
  model: string | undefined;
  wrongDevice: boolean;
  /** It did not answer when it was last asked. */
  silent: boolean;
  /**
   * What an earlier print may have left: `bytes` in the buffers (any start), `paper` also a part of a slip that hangs
   * uncut. Nothing is printed before it is gone (money rule M15).
   */
  residue: 'none' | 'bytes' | 'paper';
  /** Nothing has been cut since the start: a slip of a process that died may hang out. */
  mayHangUncut: boolean;
  /** Bytes of a slip have left since the print began. */
  slipBegun: boolean;
}

export function freshMemory(): PrinterMemory {
  return {
    health: soundHealth,
    model: undefined,
    wrongDevice: false,
    silent: false,
    residue: 'bytes',
    mayHangUncut: true,
    slipBegun: false,
  };
}

/** More than any picture command can still be waiting for. */
const flushBytes = new Uint8Array(8_192);
/** `DLE ENQ 2`: drop what is buffered and leave the error state. */
const recoverAndDrop = Uint8Array.of(0x10, 0x05, 0x02);
/** `DLE DC4 8`: clear both buffers, at once, even offline. */
const clearBuffers = Uint8Array.of(0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08);
/** `GS I 67`: the model's name. */
const askModel = Uint8Array.of(0x1d, 0x49, 0x43);

/** How the printer does, asked while nothing is printed. A stuck knife or a jam gets one try to free itself. */
export function* pollDialog(memory: PrinterMemory, profile: EscposProfile): Dialog<void> {
  const before = complaintOf(memory.health)?.fault;
  yield* settle(memory, profile);
  const now = complaintOf(memory.health)?.fault;
  if (now !== before && (now === 'cutter' || now === 'jam')) {
    yield { kind: 'tell', bytes: recoverAndDrop };
  }
}

/**
 * Prints one slip and asks for proof. "Sent" is not "printed": without proof the outcome is `unknown`, and what may be left
 * is cleared before anything else is printed.
 */
export function* printDialog(
  memory: PrinterMemory,
  profile: EscposProfile,
  job: PrintJob,
): Dialog<PrintOutcome> {
  memory.slipBegun = false;
  const refusal = (yield* settle(memory, profile)) ?? (yield* collectForgottenSlip(memory, profile));
  if (refusal !== undefined) return { kind: 'failed', fault: refusal.fault, nothingSent: true };
  memory.slipBegun = true;
  memory.residue = 'paper';
  const outcome = yield* sendAndProve(memory, profile, job);
  if (outcome.kind === 'printed') {
    memory.residue = 'none';
    memory.mayHangUncut = false;
  }
  return outcome;
}

/**
 * Empties the printer's buffers and cuts off what hangs out. `false` if the printer gave no sign that it is empty: the
 * residue then stays on record.
 */
export function* clearDialog(memory: PrinterMemory, profile: EscposProfile): Dialog<boolean> {
  // Cleared since it was asked for: once more would take the cut with it that still waits for its turn.
  if (memory.residue === 'none') return true;
  yield { kind: 'tell', bytes: recoverAndDrop };
  if (profile.clearsInRealTime) {
    const cleared = (reply: PrinterReply) => reply.kind === 'buffers-cleared';
    yield* ask(clearBuffers, cleared, dialogTimings.bufferClearMsMax);
  }
  for (let round = 0; round < dialogTimings.flushRoundsMax; round += 1) {
    // In the middle of a broken-off picture the question itself is swallowed: the next round fills the picture up.
    const flush = round === 0 ? [] : [flushBytes];
    const result = yield {
      kind: 'send',
      commands: [...flush, opening(profile), askQueuedStatus()],
      isAnswer: isQueuedStatus,
      withinMs: dialogTimings.flushAnswerMsMax,
      complaint: () => complaintOf(memory.health),
    };
    if (result.kind === 'answered') {
      if (memory.residue === 'paper') {
        yield { kind: 'tell', bytes: Uint8Array.from(profile.cut) };
        memory.mayHangUncut = false;
      }
      memory.residue = 'none';
      return true;
    }
    if (!(yield* askStatus(memory, profile)) || complaintOf(memory.health) !== undefined) return false;
  }
  memory.silent = true;
  return false;
}

/**
 * Brings the printer to where a slip may be printed: it answers, is well, holds nothing of an earlier slip and is the model
 * that was set. Otherwise says what stands in the way.
 */
function* settle(memory: PrinterMemory, profile: EscposProfile): Dialog<Complaint | undefined> {
  if (!(yield* askStatus(memory, profile))) return noAnswer;
  const complaint = complaintOf(memory.health);
  if (complaint !== undefined) return complaint;
  if (memory.residue !== 'none' && !(yield* clearDialog(memory, profile))) {
    return complaintOf(memory.health) ?? noAnswer;
  }
  if (profile.modelPrefix !== undefined && memory.model === undefined) {
    yield* identify(memory, profile.modelPrefix);
  }
  return memory.wrongDevice ? wrongDevice(memory) : undefined;
}

/** A printer that keeps its name to itself is taken as the one that was set. */
function* identify(memory: PrinterMemory, modelPrefix: string): Dialog<void> {
  const reply = yield* ask(askModel, (heard) => heard.kind === 'text', dialogTimings.identityMsMax);
  memory.model = reply?.kind === 'text' ? reply.text : modelPrefix;
  memory.wrongDevice = !memory.model.startsWith(modelPrefix);
}

/** What to tell people about a printer that cannot print now; `undefined` if it can. */
export function standingComplaint(memory: PrinterMemory): Complaint | undefined {
  if (memory.silent) return noAnswer;
  if (memory.wrongDevice) return wrongDevice(memory);
  return complaintOf(memory.health);
}

function wrongDevice(memory: PrinterMemory): Complaint {
  return { fault: 'wrong-device', detail: `it says it is a ${memory.model}` };
}

const noAnswer: Complaint = { fault: 'no-answer', detail: 'it does not answer' };

/** The last visitor's slip must not be handed to the next one. */
function* collectForgottenSlip(memory: PrinterMemory, profile: EscposProfile): Dialog<Complaint | undefined> {
  if (!memory.health.slipInOutput || profile.collectSlip === undefined) return undefined;
  yield { kind: 'tell', bytes: Uint8Array.from(profile.collectSlip) };
  const looksMax = dialogTimings.slipCollectMsMax / dialogTimings.fullStatusIntervalMs;
  for (let look = 0; look < looksMax; look += 1) {
    yield { kind: 'pause', ms: dialogTimings.fullStatusIntervalMs };
    if (!(yield* askStatus(memory, profile))) return noAnswer;
    if (!memory.health.slipInOutput && !memory.health.motorOn) return complaintOf(memory.health);
  }
  return { fault: 'jam', detail: 'the last slip does not leave the output' };
}

function* sendAndProve(memory: PrinterMemory, profile: EscposProfile, job: PrintJob): Dialog<PrintOutcome> {
  const result = yield {
    kind: 'send',
    commands: job.commands,
    isAnswer: (reply) => isProof(reply, profile, job),
    withinMs: profile.proof === 'full-status' ? 0 : dialogTimings.proofMsMax,
    complaint: () => stoppingComplaint(memory),
  };
  if (result.kind === 'complained') {
    return { kind: 'failed', fault: result.complaint.fault, nothingSent: false };
  }
  switch (profile.proof) {
    case 'process-id':
      return result.kind === 'answered' ? { kind: 'printed' } : yield* withoutProof(memory, profile);
    case 'queued-status':
      // The weaker proof: only a printer that is still well a moment later has printed what it processed.
      if (result.kind !== 'answered') return yield* withoutProof(memory, profile);
      yield { kind: 'pause', ms: dialogTimings.lastRowsMs };
      if (!(yield* askStatus(memory, profile))) return { kind: 'unknown', fault: 'no-answer' };
      return outcomeByHealth(memory) ?? { kind: 'printed' };
    case 'full-status':
      return yield* watchSlipComeOut(memory, profile);
    default:
      return unreachable(profile.proof);
  }
}

/** Custom: printed when the motor rests, nothing is wrong and the slip lies in the output. */
function* watchSlipComeOut(memory: PrinterMemory, profile: EscposProfile): Dialog<PrintOutcome> {
  const looksMax = dialogTimings.proofMsMax / dialogTimings.fullStatusIntervalMs;
  for (let look = 0; look < looksMax; look += 1) {
    yield { kind: 'pause', ms: dialogTimings.fullStatusIntervalMs };
    if (!(yield* askStatus(memory, profile))) return { kind: 'unknown', fault: 'no-answer' };
    const failed = outcomeByHealth(memory);
    if (failed !== undefined) return failed;
    if (!memory.health.motorOn && memory.health.slipInOutput) return { kind: 'printed' };
  }
  return { kind: 'unknown', fault: 'no-answer' };
}

/** No proof in time: a printer that says why has failed; one that says nothing leaves it unknown. */
function* withoutProof(memory: PrinterMemory, profile: EscposProfile): Dialog<PrintOutcome> {
  if (!(yield* askStatus(memory, profile))) return { kind: 'unknown', fault: 'no-answer' };
  const complaint = complaintOf(memory.health);
  if (complaint === undefined) return { kind: 'unknown', fault: 'no-answer' };
  return { kind: 'failed', fault: complaint.fault, nothingSent: false };
}

function outcomeByHealth(memory: PrinterMemory): PrintOutcome | undefined {
  const complaint = stoppingComplaint(memory);
  return complaint && { kind: 'failed', fault: complaint.fault, nothingSent: false };
}

/** A hot head pauses and goes on by itself: it is waited for as long as any proof is. */
function stoppingComplaint(memory: PrinterMemory): Complaint | undefined {
  const complaint = complaintOf(memory.health);
  return complaint?.fault === 'over-heated' ? undefined : complaint;
}

function isProof(reply: PrinterReply, profile: EscposProfile, job: PrintJob): boolean {
  if (profile.proof === 'process-id') {
    return reply.kind === 'process-id' && reply.id === job.processIds.cut;
  }
  return profile.proof === 'queued-status' && isQueuedStatus(reply);
}

function isQueuedStatus(reply: PrinterReply): boolean {
  return reply.kind === 'queued-status';
}

/** Asks for the whole status; `false` if the printer does not answer. */
function* askStatus(memory: PrinterMemory, profile: EscposProfile): Dialog<boolean> {
  memory.silent = !(yield* askStatusOnce(memory, profile)) && !(yield* askStatusOnce(memory, profile));
  return !memory.silent;
}

const realTimeQuestions: readonly StatusQuestion[] = [1, 2, 3, 4];

function* askStatusOnce(memory: PrinterMemory, profile: EscposProfile): Dialog<boolean> {
  if (profile.status === 'full') {
    // The driver folds this answer into the health by itself: it says what it is.
    const isFull = (reply: PrinterReply) => reply.kind === 'full-status';
    return (yield* ask(Uint8Array.of(0x10, 0x04, 0x14), isFull, dialogTimings.statusMsMax)) !== undefined;
  }
  // One question at a time: the answers do not say which question they answer.
  for (const question of realTimeQuestions) {
    const isStatus = (reply: PrinterReply) => reply.kind === 'real-time-status';
    const reply = yield* ask(Uint8Array.of(0x10, 0x04, question), isStatus, dialogTimings.statusMsMax);
    if (reply?.kind !== 'real-time-status') return false;
    memory.health = withRealTimeStatus(memory.health, question, reply.bits);
  }
  return true;
}

function* ask(
  bytes: Uint8Array,
  isAnswer: (reply: PrinterReply) => boolean,
  withinMs: number,
): Dialog<PrinterReply | undefined> {
  const result = yield { kind: 'ask', bytes, isAnswer, withinMs };
  return result.kind === 'answered' ? result.reply : undefined;
}
