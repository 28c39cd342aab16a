import { catches, holds } from './seed.mjs';
import { workflows } from './workflows.mjs';

const ci = '.github/workflows/ci.yml';
const unpinned = 'somebody/action@v1';
holds(workflows);
catches(workflows, 'a file that is no YAML', ci, 'jobs:', 'jobs: [', /ci\.yml: does not parse/);
catches(workflows, 'a command that the script does not have', ci, './darkroom ship', './darkroom sail', /there is no \.\/darkroom sail/);
catches(workflows, 'a command that left the script', 'darkroom', '\n./darkroom ship ', '\n./darkroom sail ', /there is no \.\/darkroom ship/);
catches(workflows, 'a script that does not exist', ci, '.ci/real-host', '.ci/real-hosts', /there is no \.ci\/real-hosts/);
catches(workflows, 'somebody else\'s action by its tag', ci, 'actions/setup-dotnet@v5', unpinned, /somebody\/action@v1 must be pinned/);
catches(workflows, 'an action by its branch', ci, 'actions/setup-dotnet@v5', 'actions/setup-dotnet@main', /must be pinned/);
catches(workflows, 'no permissions', ci, 'permissions:\n  contents: read\n', '', /permissions at the top must be given/);
catches(workflows, 'permissions to write for every job', ci, 'contents: read', 'contents: write', /permissions at the top/);
catches(workflows, 'all permissions for a job', '.github/workflows/release.yml', '    permissions:\n      # To make the release, and for nothing else.\n      contents: write\n', '    permissions: write-all\n', /permissions must be named one by one/);
catches(workflows, 'a job without an end', ci, '    timeout-minutes: 10\n', '', /bicep: has no timeout-minutes/);
catches(workflows, 'credentials that stay behind', ci, 'persist-credentials: false', 'persist-credentials: true', /checkout must not leave/);
catches(workflows, 'a script made of what others wrote', ci, 'run: .ci/run', 'run: echo ${{ github.event.pull_request.title }}', /through env only/);
