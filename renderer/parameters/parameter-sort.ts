export type ParameterSort = 'name' | 'type' | 'lastModifiedAt';

const isSort = (text: string): text is ParameterSort => text === 'name' || text === 'type' || text === 'lastModifiedAt';

export const parameterSortOf = (text: string): ParameterSort => (isSort(text) ? text : 'name');
