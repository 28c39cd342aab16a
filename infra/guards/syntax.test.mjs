import { catches, holds } from './seed.mjs';
import { syntax } from './syntax.mjs';

holds(syntax);
catches(syntax, 'a brace too few', 'infra/vault.bicep', 'properties: {', 'properties:', /vault\.bicep:\d+: does not parse/);
catches(syntax, 'text that is no Bicep', 'infra/identity.bicep', null, '\nresource = nothing\n', /identity\.bicep:\d+: does not parse/);
catches(syntax, 'a string without an end', 'infra/storage/lifecycle.bicep', "'pictures/'", "'pictures/", /lifecycle\.bicep:\d+: does not parse/);
