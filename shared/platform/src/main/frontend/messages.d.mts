export function messages(bundle: string, language?: string): Record<string, string>;
export function parse(file: string): Record<string, string>;
