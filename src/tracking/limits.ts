// MLflow's limits and naming rules. A value that a store would cut, reject or misread is refused here, with its key and its size.
import { MlctlError } from '../errors/error.js';
import { nearestNames } from '../text/nearest-names.js';
import { printable } from '../text/printable.js';
import { isLoggedModelId } from '../uri/logged-model-id.js';
import { faultOfModelName } from '../uri/model-name.js';
import { STAGES, type Stage, stageNamed } from '../uri/stages.js';
import type { DatasetInput, Metric } from './tracking-store.js';

export const REQUEST_ID_TAG = 'mlctl.request_id';

const quoted = (text: string) => JSON.stringify(printable(text, 80));

/** Python counts code points. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function limit(what: string, text: string, most: number): void {
  if (text.length <= most) return;
  const found = lengthOf(text);
  if (found > most)
    throw new MlctlError('VALUE_TOO_LONG', `${what} has ${found} characters; MLflow keeps ${most}`, {
      hint: 'shorten it, or log it as an artifact',
      details: { found, limit: most },
    });
}

function nameInvalid(what: string, name: string, rule: string): MlctlError {
  return new MlctlError('NAME_INVALID', `${what} ${quoted(name)} is not allowed: ${rule}`, {
    hint: 'choose another name',
    details: { name },
  });
}

function nameLimit(what: string, name: string, most: number): void {
  const found = name.length > most ? lengthOf(name) : 0;
  if (found > most) throw nameInvalid(what, name, `it has ${found} characters, and MLflow keeps ${most}`);
}

/** Names become paths in MLflow's file store, so they must be plain: no `a//b`, no `..`, no leading `/`. */
function plainPath(name: string): boolean {
  return !name.startsWith('..') && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function checkKey(what: string, key: string): void {
  if (!/^[/\p{L}\p{N}_.\- :]*$/u.test(key) || !plainPath(key))
    throw nameInvalid(
      `${what} name`,
      key,
      'letters, digits, _ - . : / and spaces only, and no empty or dotted path parts',
    );
  limit(`${what} name ${quoted(key)}`, key, 250);
}

export function checkParam(key: string, value: string): void {
  checkKey('param', key);
  limit(`the value of param ${quoted(key)}`, value, 6000);
}

export function checkRunTag(key: string, value: string): void {
  checkKey('tag', key);
  limit(`the value of tag ${quoted(key)}`, value, 8000);
}

export function checkMetric(metric: Metric): void {
  checkKey('metric', metric.key);
  if (!Number.isSafeInteger(metric.timestamp) || metric.timestamp < 0)
    throw new MlctlError(
      'USAGE',
      `metric ${quoted(metric.key)}: the timestamp ${metric.timestamp} is not a whole number of milliseconds`,
    );
  if (!Number.isSafeInteger(metric.step))
    throw new MlctlError('USAGE', `metric ${quoted(metric.key)}: the step ${metric.step} is not a whole number`);
}

export function checkExperimentName(name: string): void {
  if (name.trim() === '') throw nameInvalid('experiment name', name, 'it is empty');
  limit(`the experiment name ${quoted(name)}`, name, 500);
}

export function checkRunName(name: string): void {
  limit(`the run name ${quoted(name)}`, name, 250);
}

export function checkUserName(name: string): void {
  limit(`the user name ${quoted(name)}`, name, 256);
}

export function checkRegistryTag(key: string, value: string): void {
  checkKey('tag', key);
  limit(`the value of tag ${quoted(key)}`, value, 100_000);
}

export function checkLoggedModelTag(key: string, value: string): void {
  limit(`tag name ${quoted(key)}`, key, 255);
  limit(`the value of tag ${quoted(key)}`, value, 100_000);
}

export function checkLoggedModelParam(key: string, value: string): void {
  limit(`param name ${quoted(key)}`, key, 255);
  limit(`the value of param ${quoted(key)}`, value, 6000);
}

export function checkModelName(name: string): void {
  const fault = faultOfModelName(name);
  if (fault !== null) throw nameInvalid('model name', name, fault);
  if (!plainPath(name)) throw nameInvalid('model name', name, 'it may not begin with ..');
  if (isLoggedModelId(name)) throw nameInvalid('model name', name, 'models:/m-… means the id of a logged model');
  if (name.includes("'") && name.includes('"'))
    throw nameInvalid('model name', name, "it has both kinds of quotes, which MLflow's searches cannot spell");
  nameLimit('model name', name, 256);
}

export function checkLoggedModelName(name: string): void {
  if (name === '' || /[/:.%"']/.test(name))
    throw nameInvalid('logged model name', name, 'it may not be empty nor hold / : . % " or \'');
  limit(`the logged model name ${quoted(name)}`, name, 500);
}

export function checkAlias(alias: string): void {
  if (!/^[\p{L}\p{N}_-]+$/u.test(alias)) throw nameInvalid('alias', alias, 'letters, digits, _ and - only');
  if (/^latest$/i.test(alias)) throw nameInvalid('alias', alias, 'the word latest means the newest version');
  if (/^v\d+$/i.test(alias)) throw nameInvalid('alias', alias, 'v and a number means a version');
  nameLimit('alias', alias, 255);
}

/** The stage of this name, in any case. */
export function checkStage(text: string): Stage {
  const stage = stageNamed(text);
  if (stage !== undefined) return stage;
  const [near] = nearestNames(text, STAGES);
  throw new MlctlError('USAGE', `${quoted(text)} is not a stage`, {
    hint:
      near !== undefined
        ? `did you mean ${near}?`
        : `use ${STAGES.slice(0, -1).join(', ')} or ${STAGES.at(-1)}; for other words, an alias`,
  });
}

export function checkDataset(dataset: DatasetInput): void {
  const what = `data set ${quoted(dataset.name)}`;
  if (dataset.name === '') throw nameInvalid('data set name', dataset.name, 'it is empty');
  limit(`the name of ${what}`, dataset.name, 500);
  limit(`the digest of ${what}`, dataset.digest, 36);
  limit(`the source type of ${what}`, dataset.sourceType, 36);
  limit(`the source of ${what}`, dataset.source, 65_535);
  limit(`the schema of ${what}`, dataset.schema ?? '', 1_048_575);
  limit(`the profile of ${what}`, dataset.profile ?? '', 16_777_215);
  for (const [key, value] of dataset.tags) {
    limit(`tag name ${quoted(key)} of ${what}`, key, 255);
    limit(`the value of tag ${quoted(key)} of ${what}`, value, 500);
  }
}
