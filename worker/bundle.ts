import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '@temporalio/common';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type BundleOptions,
  type WorkflowBundleOption,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { failureConverterPath } from '../encryption/data-converter.ts';

const compiled = import.meta.url.endsWith('.js');
const workflowsPath = modulePath('index');

type WebpackConfigHook = NonNullable<BundleOptions['webpackConfigHook']>;

/** Where the build puts the bundle. From source there is none, so that no stale one is taken. */
export const bundlePath = compiled ? fileURLToPath(new URL('../workflow-bundle.js', import.meta.url)) : undefined;

/** Workflow code for the sandbox, with the failure converter that the worker uses. Takes a second or two. */
export async function bundleWorkflows(log: Logger): Promise<WorkflowBundleWithSourceMap> {
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) => log.log(level, message, meta));
  return bundleWorkflowCode({
    workflowsPath,
    failureConverterPath,
    workflowInterceptorModules: [modulePath('interceptors')],
    preloadModules: sharedModules(),
    webpackConfigHook,
    logger,
  });
}

function modulePath(name: string): string {
  return fileURLToPath(new URL(`../workflows/${name}.${compiled ? 'js' : 'ts'}`, import.meta.url));
}

/**
 * From source the bundler compiles down to ES2017, whose spread helpers make every state object several times as big as
 * a native spread does; the compiled modules are ES2023 already.
 */
const webpackConfigHook: WebpackConfigHook = (config) => {
  for (const rule of config.module?.rules ?? []) {
    const use = typeof rule === 'object' && rule !== null ? rule.use : undefined;
    if (typeof use === 'object' && use !== null && 'options' in use && typeof use.options === 'object') {
      const { jsc } = use.options as { jsc?: { target: string } };
      if (jsc) jsc.target = 'es2022';
    }
  }
  return config;
};

/** Modules of the contract that no workflow imports: they would lie in each worker's isolate for nothing. */
const NOT_FOR_RUNS = ['loopback', 'provider-capabilities', 'scopes'];

/**
 * Every module of the workflows and the contract but the entry, evaluated once for all runs of an isolate instead of once per
 * run: a parked run then holds a third less heap. They are frozen, so a module that kept state would fail at once.
 */
function sharedModules(): string[] {
  const workflows = path.dirname(workflowsPath);
  return [workflows, path.join(workflows, '../contract')]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
    )
    .filter((file) => /(?<!\.d)\.[jt]s$/.test(file) && !file.startsWith(path.join(workflows, 'index.')))
    .filter((file) => !NOT_FOR_RUNS.includes(path.parse(file).name))
    .toSorted()
    .concat(failureConverterPath);
}

/** The bundle built ahead when there is one, else one made now. */
export async function workflowBundle(log: Logger): Promise<WorkflowBundleOption> {
  if (bundlePath !== undefined && existsSync(bundlePath)) return { codePath: bundlePath };
  return bundleWorkflows(log);
}
