import {
  isAsExpression,
  isCallExpression,
  isExportAssignment,
  isExportDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isImportDeclaration,
  isImportTypeNode,
  isLiteralTypeNode,
  isMethodDeclaration,
  isMethodSignatureDeclaration,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isPropertySignatureDeclaration,
  isStringLiteral,
  type Node,
  type SourceFile,
  SyntaxKind,
} from 'typescript/unstable/ast';

/* What the rules ask of one file, from one walk through its syntax tree. Lines count from 1. */

export interface Syntax {
  readonly imports: readonly Import[];
  readonly functions: readonly FunctionSize[];
  /** Free-standing names: `process` in `process.exit()`, but not in `machine.process`. */
  readonly names: ReadonlySet<string>;
  readonly hasDefaultExport: boolean;
  readonly castsToAny: boolean;
}

export function syntaxOf(source: SourceFile): Syntax {
  const nodes = everyNode(source);
  return {
    imports: importsIn(nodes),
    functions: functionsIn(nodes, source),
    names: namesIn(nodes),
    hasDefaultExport: nodes.some(
      (node) => isExportAssignment(node) || node.kind === SyntaxKind.DefaultKeyword,
    ),
    castsToAny: nodes.some((node) => isAsExpression(node) && node.type.kind === SyntaxKind.AnyKeyword),
  };
}

export interface Import {
  readonly specifier: string;
  /** Gone when the program runs. */
  readonly typeOnly: boolean;
}

/** Static and dynamic imports, re-exports and types taken by `import('…')`. */
function importsIn(nodes: readonly Node[]): readonly Import[] {
  return nodes.flatMap((node): readonly Import[] => {
    if (isImportDeclaration(node)) {
      const typeOnly = node.importClause?.phaseModifier === SyntaxKind.TypeKeyword;
      return importOf(node.moduleSpecifier, typeOnly);
    }
    if (isExportDeclaration(node)) return importOf(node.moduleSpecifier, node.isTypeOnly);
    if (isImportTypeNode(node)) {
      return importOf(isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    }
    const isDynamic = isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword;
    return isDynamic ? importOf(node.arguments[0], false) : [];
  });
}

function importOf(from: Node | undefined, typeOnly: boolean): readonly Import[] {
  return from !== undefined && isStringLiteral(from) ? [{ specifier: from.text, typeOnly }] : [];
}

export interface FunctionSize {
  readonly line: number;
  readonly lines: number;
}

/**
 * Every function and method with a body. A factory is measured without the named functions it makes: like the methods
 * of a class, each is measured by itself. A `describe` lists cases; it is no procedure to be followed.
 */
function functionsIn(nodes: readonly Node[], source: SourceFile): readonly FunctionSize[] {
  const measured = nodes
    .filter((node) => isFunctionLikeDeclaration(node) && !isDescribed(node))
    .map((node) => ({
      named: !isCallExpression(node.parent),
      first: lineOf(source, node.getStart(source)),
      last: lineOf(source, node.end),
    }));
  return measured.map(({ first, last }) => {
    const ofOthers = new Set<number>();
    for (const inner of measured) {
      if (!inner.named || inner.first < first || inner.last > last) continue;
      if (inner.first === first && inner.last === last) continue;
      for (let line = inner.first + 1; line <= inner.last; line += 1) ofOthers.add(line);
    }
    return { line: first, lines: last - first + 1 - ofOthers.size };
  });
}

function isDescribed(node: Node): boolean {
  const { parent } = node;
  return isCallExpression(parent) && /^describe\b/.test(parent.expression.getText());
}

/**
 * Names in value or type position, and what is asked of them: `Date.now`, `Math.random`, `new Date()` (which reads the
 * clock; `new Date(wallMs)` does not).
 */
function namesIn(nodes: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    if (isIdentifier(node) && !isMemberName(node)) names.add(node.text);
    if (isPropertyAccessExpression(node) && isIdentifier(node.expression)) {
      names.add(`${node.expression.text}.${node.name.text}`);
    }
    if (isNewExpression(node) && isIdentifier(node.expression) && !node.arguments?.length) {
      names.add(`new ${node.expression.text}()`);
    }
  }
  return names;
}

function isMemberName(node: Node): boolean {
  const { parent } = node;
  const isNamed =
    isPropertyAccessExpression(parent) ||
    isPropertyAssignment(parent) ||
    isPropertyDeclaration(parent) ||
    isPropertySignatureDeclaration(parent) ||
    isMethodDeclaration(parent) ||
    isMethodSignatureDeclaration(parent);
  return isNamed && parent.name === node;
}

function everyNode(source: SourceFile): readonly Node[] {
  const nodes: Node[] = [];
  const visit = (node: Node): void => {
    nodes.push(node);
    node.forEachChild(visit);
  };
  visit(source);
  return nodes;
}

function lineOf(source: SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line + 1;
}
