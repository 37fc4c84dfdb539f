import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../../../agent/protocol/failures.ts';
import type { Question } from '../../../agent/protocol/questions.ts';
import type { ControllerDesk } from '../../../agent/steps/action.ts';
import { aZip, type PackedEntry } from '../../builders/archives.ts';

/** The other end of a step's questions: a store with the versions of one package that a test puts into it. */
export class PackageDesk implements ControllerDesk {
  readonly asked: Question[] = [];
  fetched = 0;
  readonly #versions = new Map<string, Buffer>();
  #latest = '';

  put(version: string, scripts: Record<string, string>): void {
    this.#versions.set(version, aZip(Object.entries(scripts).map(([name, content]): PackedEntry => ({ name, content }))));
    this.#latest = version;
  }

  forget(version: string): void {
    this.#versions.delete(version);
  }

  readonly ask: ControllerDesk['ask'] = (question) => {
    this.asked.push(question);
    if (question.ask !== 'package') throw new Error('Only packages are asked for here.');
    const version = question.version === '$LATEST' ? this.#latest : question.version;
    const bytes = this.#versions.get(version);
    if (bytes === undefined) throw new Failure('E-CONTROLLER-REFUSED', { title: `There is no version ${version}.`, remedy: 'Add it.' });
    const file = { name: `${version}.zip`, sha256: sha256(bytes), size: bytes.length };
    const answer = { kind: 'package', executionId: question.executionId, name: question.name, version, file };
    // The compiler cannot follow which question it was.
    return Promise.resolve(answer as never);
  };

  readonly fetchBlob: ControllerDesk['fetchBlob'] = (blob, file) => {
    const bytes = [...this.#versions.values()].find((candidate) => sha256(candidate) === blob.sha256);
    if (bytes === undefined) throw new Failure('E-CONTROLLER-REFUSED', { title: 'There is no such file.', remedy: 'Add it.' });
    this.fetched += 1;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    return Promise.resolve(true);
  };

  readonly isReachable = () => Promise.resolve(true);
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
