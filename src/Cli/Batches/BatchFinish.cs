using Darkroom.Cli.Pictures;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Batches;

/// <summary>Follows a batch to its end and saves its results, as <c>batch</c> and <c>retry</c> do.</summary>
/// <param name="server">The server.</param>
/// <param name="environment">The environment of the command.</param>
/// <param name="isJson">Whether standard output is JSON.</param>
/// <param name="folder">The folder of <c>--out</c>, as it was given; null if nothing is saved.</param>
internal sealed class BatchFinish(DarkroomServer server, CommandEnvironment environment, bool isJson, string? folder)
{
    /// <summary>Follows the batch, and returns the exit code. If it is interrupted, it prints how to come back.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="name">The beginning of the names of the results files.</param>
    /// <param name="cancellation">Stops following; the batch continues.</param>
    public async Task<int> RunAsync(string id, string name, CancellationToken cancellation)
    {
        try
        {
            var answer = await BatchWatch.UntilOverAsync(server, id, environment, cancellation);
            var batch = answer.Read(CliJson.Default.BatchState);
            await environment.Out.WriteLineAsync(isJson ? answer.Body : BatchText.Result(batch));
            if (folder is not null)
                await SaveAsync(batch, name, cancellation);
            else if (!isJson && batch.Counts.Succeeded > 0)
                await environment.Out.WriteLineAsync(BatchWords.SaveWith.With(id));
            if (!isJson && batch.Counts.Failed > batch.Unknown)
                await environment.Out.WriteLineAsync(BatchWords.RetryWith.With(id));
            return batch.Counts.Succeeded == batch.Counts.Total ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await environment.Error.WriteLineAsync(BatchWords.BatchContinues.With(id, WayBack(id)));
            return ExitCode.Interrupted;
        }
        catch (CommandException exception) when (exception.ExitCode == ExitCode.Unreachable)
        {
            var message = $"{exception.Message}{Environment.NewLine}{BatchWords.BatchContinuesLater.With(id, WayBack(id))}";
            throw new CommandException(exception.ExitCode, message, exception);
        }
    }

    private string WayBack(string id) => $"darkroom batch --resume {id}{(folder is null ? "" : $" --out \"{folder}\"")}";

    private Task SaveAsync(BatchState batch, string name, CancellationToken cancellation)
    {
        var tell = isJson ? environment.Error : environment.Out;
        var results = new BatchResults(server, OutOption.FolderOf(folder, environment), environment);
        return results.SaveAsync(batch, name, path => tell.WriteLine(environment.Shown(path)), cancellation);
    }
}
