using System.Diagnostics;
using Darkroom.Infra.Tests.Files;
using Darkroom.TestKit;

namespace Darkroom.Infra.Tests.Deployment;

/// <summary>
/// Runs the hooks of azure.yaml as azd does on Linux and macOS: their text by sh, in the folder of azure.yaml, with the variables of the
/// environment. A script stands in for the Azure CLI. tests/Cli.Tests/Azure has the cases of each step.
/// </summary>
public sealed class HookRunTests : IDisposable
{
    private const string FakeAz = """
        #!/bin/sh
        here=$(dirname "$0")
        echo "$*" >>"$here/calls"
        case "$1 $2 $3" in
          'account show '*) echo 'Pay as you go' ;;
          'keyvault secret list') ls "$here/secrets" ;;
          'keyvault secret set')
            while [ $# -gt 1 ]; do case $1 in --name) name=$2 ;; --file) file=$2 ;; esac; shift; done
            cat "$file" >"$here/secrets/$name" ;;
        esac
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("darkroom-hooks-");

    public HookRunTests()
    {
        Directory.CreateDirectory(InFolder("secrets"));
        File.WriteAllText(InFolder("az"), FakeAz);
        using var chmod = Process.Start("chmod", ["+x", InFolder("az")]);
        chmod.WaitForExit();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Hooks_OfAFirstDeployment_PutTheTokenIntoTheVault()
    {
        Assert.True(Yaml.TryRead(Checkout.Current["azure.yaml"], out var azure, out _));
        var hooks = AzdProject.Hooks(azure).ToList();

        foreach (var (name, hook) in hooks)
        {
            var (code, output) = Run(hook.Get("posix").Get("run").Text()!);
            Assert.True(code == 0, $"{name}: {output}");
        }

        Assert.Equal("ms-a-token", File.ReadAllText(InFolder("secrets/modelscope-api-token")));
        Assert.StartsWith("whsec_", File.ReadAllText(InFolder("secrets/webhook-secret")), StringComparison.Ordinal);
        Assert.Contains(File.ReadAllLines(InFolder("calls")), call => call.StartsWith("rest --method post", StringComparison.Ordinal));
    }

    private (int Code, string Output) Run(string script)
    {
        // azd adds the first two lines.
        var file = InFolder("hook.sh");
        File.WriteAllText(file, $"#!/bin/sh\nset -e\n\n{script}\n");
        var start = new ProcessStartInfo("/bin/sh", [file])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            ["AZURE_ENV_NAME"] = "trial",
            ["AZURE_LOCATION"] = "swedencentral",
            ["AZURE_SUBSCRIPTION_ID"] = "00000000-0000-0000-0000-000000000001",
            ["AZURE_RESOURCE_GROUP"] = "rg-trial",
            ["DARKROOM_APP"] = "func-darkroom-abc",
            ["DARKROOM_KEY_VAULT"] = "kv-abc",
            ["DARKROOM_STORAGE_ACCOUNT"] = "stabc",
            ["MODELSCOPE_API_TOKEN"] = "ms-a-token",
        })
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    private string InFolder(string name) => System.IO.Path.Combine(_folder.FullName, name);
}
