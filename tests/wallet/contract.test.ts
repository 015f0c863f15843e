import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import type { HttpExchange } from '../../host/http-exchange.ts';
import { systemClock } from '../../host/system-clock.ts';
import { routes } from '../../simulator/wallet/routes.ts';
import { problemType, refusalReasons, troubleProblems } from '../../terminal/wallet/problem.ts';
import { tour } from './tour.ts';
import { openWorld, type World } from './world.ts';

/* docs/wallet-api.yaml against what really goes over the line: both sides must keep to the page. */

const contentSchema = z.record(z.string(), z.object({ schema: z.unknown() }));
const operationSchema = z.object({
  operationId: z.string(),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.object({ '200': z.object({ content: contentSchema }), default: z.unknown() }),
});
const pageSchema = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.enum(['get', 'post']), operationSchema.optional())),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    responses: z.unknown(),
    parameters: z.unknown(),
  }),
});

const raw: unknown = parse(readFileSync(new URL('../../docs/wallet-api.yaml', import.meta.url), 'utf8'));
const page = pageSchema.parse(raw);

/** A validator for one schema of the page, its references included. */
function validator(schema: unknown): z.ZodType {
  const text = JSON.stringify({ allOf: [schema], $defs: page.components.schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
}

function operations() {
  return Object.entries(page.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      operation === undefined ? [] : [{ path, method: method.toUpperCase(), operation }],
    ),
  );
}

describe('the page', () => {
  test('has exactly the routes of the backend', () => {
    const named = operations().map(
      ({ path, method, operation }) => `${operation.operationId} ${method} ${path}`,
    );
    expect(named.sort()).toEqual(routes.map(({ name, method, path }) => `${name} ${method} ${path}`).sort());
  });

  test('has exactly the terminal’s problems', () => {
    const { ProblemType } = page.components.schemas;
    const types = z.object({ enum: z.array(z.string()) }).parse(ProblemType);
    expect(types.enum.sort()).toEqual([...refusalReasons, ...troubleProblems].map(problemType).sort());
  });

  test('has no reference that leads nowhere', () => {
    const references = [...JSON.stringify(raw).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, path = '']) => path,
    );
    expect(references.length).toBeGreaterThan(50);
    for (const reference of references) {
      let at: unknown = raw;
      for (const name of reference.split('/'))
        at = Object.entries(at ?? {}).find(([key]) => key === name)?.[1];
      expect(at, reference).toBeDefined();
    }
  });
});

describe('a tour of all calls keeps to it', () => {
  interface Heard {
    readonly method: string;
    readonly path: string;
    readonly body: string;
    readonly status: number;
    readonly answer: string;
  }
  const heard: Heard[] = [];
  let world: World;

  const listener = (network: HttpExchange): HttpExchange => ({
    exchange: async (request, signal) => {
      const result = await network.exchange(request, signal);
      if (result.kind === 'answered') {
        heard.push({
          method: request.method,
          path: request.url.pathname,
          body: Buffer.from(request.body).toString(),
          status: result.status,
          answer: Buffer.from(result.body).toString(),
        });
      }
      return result;
    },
  });

  beforeAll(async () => {
    world = await openWorld({ between: listener });
    await tour(world, systemClock);
  });
  afterAll(() => world.close());

  test.each(operations())('$operation.operationId', ({ path, method, operation }) => {
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const calls = heard.filter(
      (call) => call.method === method && pattern.test(call.path) && isOwn(path, call.path),
    );
    expect(calls.some((call) => call.status === 200)).toBe(true);
    for (const call of calls) {
      const sent = operation.requestBody?.content['application/json']?.schema;
      if (sent !== undefined)
        expect(validator(sent).safeParse(JSON.parse(call.body)).error, call.body).toBeUndefined();
      const answered =
        call.status === 200
          ? operation.responses['200'].content['application/json']?.schema
          : { $ref: '#/components/schemas/Problem' };
      const { error } = validator(answered).safeParse(JSON.parse(call.answer));
      expect(error, call.answer).toBeUndefined();
    }
  });

  test('met problems as well as answers', () => {
    expect(heard.filter((call) => call.status !== 200).length).toBeGreaterThan(5);
  });
});

/** `/v1/top-ups/batch` looks like `/v1/top-ups/{operationId}`. */
function isOwn(pattern: string, path: string): boolean {
  return pattern === path || !Object.keys(page.paths).includes(path);
}
