// The API's types, from the documents that the services write of themselves.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

mkdirSync("api/types", { recursive: true });
for (const service of ["registry", "inspection", "feedback", "oversight"]) {
  const document = JSON.parse(readFileSync(`api/${service}.json`, "utf8"));
  writeFileSync(`api/types/${service}.d.ts`, astToString(await openapiTS(document)));
}
