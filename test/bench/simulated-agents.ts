/** A process full of simulated agents, so that what they cost is not counted to the controller. Started by simulator.ts. */
import { SimulatedAgent } from './simulated-agent.ts';
import { type SimulatorAnswer, SimulatorCommand } from './simulator-messages.ts';

const CONNECT_AT_A_TIME = 32;

const agents: SimulatedAgent[] = [];
let ordersWaiting = 0;
let onOrder: () => void = () => undefined;

function answer(message: SimulatorAnswer): void {
  process.send?.(message);
}

function fail(problem: string): void {
  answer({ kind: 'failed', problem });
  process.exit(1);
}

const events = {
  order: () => {
    ordersWaiting += 1;
    onOrder();
  },
  failed: fail,
};

async function connect({ nodes, hubPort }: Extract<SimulatorCommand, { kind: 'connect' }>): Promise<SimulatorAnswer> {
  let begun = 0;
  const worker = async () => {
    for (let node = nodes[begun++]; node !== undefined; node = nodes[begun++]) {
      agents.push(await SimulatedAgent.connect({ ...node, hubPort }, events));
    }
  };
  await Promise.all(Array.from({ length: CONNECT_AT_A_TIME }, worker));
  return { kind: 'connected', agents: agents.length };
}

async function gather(orders: number): Promise<SimulatorAnswer> {
  await new Promise<void>((resolve) => {
    onOrder = () => {
      if (ordersWaiting >= orders) resolve();
    };
    onOrder();
  });
  return { kind: 'gathered' };
}

/** The frames are made before the clock starts: what is measured is the controller. */
async function report(reportsPerFrame: number): Promise<SimulatorAnswer> {
  const prepared = agents.map((agent) => agent.prepareReports(reportsPerFrame));
  ordersWaiting = 0;
  const startedAt = performance.now();
  await Promise.all(prepared.map(({ send }) => send()));
  const milliseconds = performance.now() - startedAt;
  return { kind: 'stored', reports: prepared.reduce((sum, { reports }) => sum + reports, 0), milliseconds };
}

function obey(command: SimulatorCommand): Promise<SimulatorAnswer> {
  switch (command.kind) {
    case 'connect':
      return connect(command);
    case 'gather':
      return gather(command.orders);
    case 'report':
      return report(command.reportsPerFrame);
  }
}

process.on('message', (message) => {
  obey(SimulatorCommand.parse(message)).then(answer, (cause: unknown) => fail(String(cause)));
});
process.on('disconnect', () => process.exit(0));
