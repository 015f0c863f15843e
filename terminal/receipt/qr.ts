/**
 * What the square code on slip and screen says: enough to find the operation, nothing about who paid. Capitals, digits
 * and colons only: they pack densest (ISO/IEC 18004, alphanumeric mode).
 */
export function receiptQr(terminalNumber: string, operationNumber: string): string {
  return `QYZYL:${terminalNumber}:${operationNumber}`;
}
