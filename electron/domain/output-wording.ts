/** Faults of the stores that output is copied to. */
export const outputWording = {
  'E-OUTPUT-STORE': (f: { name: string; because: string }) => ({
    title: `The output store “${f.name}” could not be written: ${f.because}`,
    remedy: 'Check its address, its keys and its rights; the bucket or folder has to be there already.',
  }),
  'E-OUTPUT-STORE-UNKNOWN': (f: { name: string }) => ({
    title: `There is no output store “${f.name}”.`,
    remedy: 'It may have been removed meanwhile. Settings lists the output stores that there are.',
  }),
  'E-OUTPUT-STORE-USED': (f: { name: string; associations: number }) => ({
    title: `The output of ${f.associations} ${f.associations === 1 ? 'association' : 'associations'} goes to the store “${f.name}”.`,
    remedy: 'Choose another store in those associations first.',
  }),
  'E-OUTPUT-STORE-LIMIT': (f: { limit: number }) => ({
    title: `There are ${f.limit} output stores already, which is the limit.`,
    remedy: 'Remove stores that no association names.',
  }),
};
