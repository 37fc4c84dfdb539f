const NAMED = /^(?:arn:aws[a-z-]*:ssm:[a-z0-9-]*:\d*:document\/)?([a-zA-Z0-9_.-]{3,128})(?::(\$LATEST|\$DEFAULT|[1-9]\d{0,8}))?$/;

export interface DocumentChoice {
  readonly name: string;
  readonly version: string;
}

/** `name`, `name:version` or an ARN with either, as documents name other documents; null for any other text. */
export function documentChoice(given: string): DocumentChoice | null {
  const [, name, version = '$DEFAULT'] = NAMED.exec(given.trim()) ?? [];
  return name === undefined ? null : { name, version };
}
