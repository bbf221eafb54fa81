import { readFileSync } from 'node:fs'
import parser from '@asyncapi/parser'

const { document, diagnostics } = await new parser.Parser().parse(readFileSync(0, 'utf8'))
const errors = diagnostics.filter(({ severity }) => severity === 0)
for (const { message, path } of errors) console.error(`${path.join('.')}: ${message}`)
process.exit(document && errors.length === 0 ? 0 : 1)
