using System.Diagnostics;

namespace Darkroom.Cli.Tests.Azure;

/// <summary>
/// A script in place of the Azure CLI. It keeps the secrets of a vault in a folder, notes each call, and fails as the files beside it say.
/// </summary>
internal sealed class FakeAzure : IDisposable
{
    private const string Script = """
        #!/bin/sh
        here=$(dirname "$0")
        printf '%s ' "$@" >>"$here/calls"; printf '\n' >>"$here/calls"
        said() { test -f "$here/$1" && { cat "$here/$1" >&2; return 0; }; return 1; }
        value() { while [ $# -gt 1 ] && [ "$2" != "$name" ]; do shift; done; echo "$3"; }
        said 'not signed in' && exit 1
        case "$1 $2 $3" in
          'account show '*) echo 'Pay as you go' ;;
          'account get-access-token '*) echo entra-token ;;
          'provider show '*) cat "$here/provider" ;;
          'provider register '*) echo Registered >"$here/provider" ;;
          'keyvault secret list')
            # The first line is how often it still fails.
            if test -f "$here/list fails"; then
              left=$(head -n 1 "$here/list fails"); tail -n +2 "$here/list fails" >&2
              if [ "$left" -gt 1 ]; then { echo $((left - 1)); tail -n +2 "$here/list fails"; } >"$here/next"; mv "$here/next" "$here/list fails"
              else rm "$here/list fails"; fi
              exit 1
            fi
            ls "$here/secrets" ;;
          'keyvault secret set')
            said 'set fails' && exit 1
            name=--file; file=$(value "$@"); name=--name; cat "$file" >"$here/secrets/$(value "$@")" ;;
          'rest '*) said 'rest fails' && exit 1; exit 0 ;;
          'functionapp keys list') echo function-key ;;
          *) echo "unknown: $*" >&2; exit 2 ;;
        esac
        """;

    private readonly TempFolder _folder = new();

    public FakeAzure()
    {
        Directory.CreateDirectory(_folder["secrets"]);
        File.WriteAllText(_folder["az"], Script);
        using var chmod = Process.Start("chmod", ["+x", _folder["az"]]);
        chmod.WaitForExit();
    }

    /// <summary>The folder for PATH.</summary>
    public string Path => _folder.Path;

    public IReadOnlyList<string> Calls => File.Exists(_folder["calls"]) ? File.ReadAllLines(_folder["calls"]) : [];

    /// <summary>The text of a secret; null if there is none.</summary>
    public string? Secret(string name) => File.Exists(_folder[$"secrets/{name}"]) ? File.ReadAllText(_folder[$"secrets/{name}"]) : null;

    /// <summary>Writes a file that the script reads.</summary>
    public void Set(string file, string text) => File.WriteAllText(_folder[file], text);

    public void Dispose() => _folder.Dispose();
}
