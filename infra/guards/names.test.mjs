import { names } from './names.mjs';
import { catches, holds } from './seed.mjs';

holds(names);
catches(names, 'a variable called like a decorator', 'infra/main.bicep', "var packageContainer = 'app-package'", "var packageContainer = 'app-package'\nvar allowed = []", /the var "allowed" has the name of a decorator/);
catches(names, 'a parameter called like a function', 'infra/vault.bicep', 'param isPrivate', 'param empty', /the param "empty" has the name of a function/);
catches(names, 'a function that does not exist', 'infra/main.bicep', 'toLower(uniqueString(', 'toLowerCase(uniqueString(', /there is no function toLowerCase/);
catches(names, 'a decorator that does not exist', 'infra/main.bicep', '@maxLength(254)', '@maxLenght(254)', /there is no function maxLenght/);
