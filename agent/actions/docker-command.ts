import type { DockerInputs } from '../document/docker-inputs.ts';

/** Whole words, each with its value behind "=", so that no value is taken for an option. */
function options({ volume, env, publish, memory, cpuShares, user }: DockerInputs): string[] {
  return [
    ...volume.map((value) => `--volume=${value}`),
    ...env.map((value) => `--env=${value}`),
    ...publish.map((value) => `--publish=${value}`),
    ...(memory === '' ? [] : [`--memory=${memory}`]),
    ...(cpuShares === '' ? [] : [`--cpu-shares=${cpuShares}`]),
    ...(user === '' ? [] : [`--user=${user}`]),
  ];
}

const named = ({ container }: DockerInputs): string[] => (container === '' ? [] : [`--name=${container}`]);

/** The arguments of docker, and of podman, for a step. `words` are those of its cmd. A container that is run is left running, as at AWS. */
export function dockerArguments(inputs: DockerInputs, words: readonly string[]): string[] {
  const { action, container, image } = inputs;
  const subject = container === '' ? image : container;
  switch (action) {
    case 'Create':
      return ['create', ...named(inputs), ...options(inputs), image, ...words];
    case 'Run':
      return ['run', '--detach', '--interactive', '--tty', ...named(inputs), ...options(inputs), image, ...words];
    case 'Exec':
      return ['exec', ...(inputs.user === '' ? [] : [`--user=${inputs.user}`]), container, ...words];
    case 'Start':
      return ['start', container];
    case 'Stop':
      return ['stop', container];
    case 'Rm':
      return ['rm', container];
    case 'Inspect':
      return ['inspect', subject];
    case 'Logs':
      return ['logs', container];
    case 'Ps':
      return ['ps', '--all'];
    case 'Stats':
      return ['stats', '--no-stream', ...(container === '' ? [] : [container])];
    case 'Pull':
      return ['pull', image];
    case 'Images':
      return ['images', ...(image === '' ? [] : [image])];
    case 'Rmi':
      return ['rmi', image];
  }
}
