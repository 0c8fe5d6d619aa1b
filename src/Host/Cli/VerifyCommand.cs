using System.CommandLine;
using Pellucid.Host.Verification;
using Pellucid.Host.Verification.Reporting;

namespace Pellucid.Host.Cli;

/// <summary><c>verify</c>: compares this installation with reference data; exit code 1 where a number is out of tolerance.</summary>
internal static class VerifyCommand
{
    public static Command Create(CliEnvironment cli)
    {
        Argument<string> folder = new("folder") { Description = "Folder of a reference suite (manifest.json), or one that holds several." };
        Option<string?> method = new("--method") { Description = "Only methods whose name contains this.", HelpName = "text" };
        Command command = new("verify", "Computes reference suites and compares: proves an installation, a device or a port.")
        {
            folder, method, SharedOptions.Device, SharedOptions.Threads, SharedOptions.Json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            // Numbers are proved by computing them.
            using HostServices services = new(cli.Settings(parsed) with { MapCacheFolder = null }, cli.CreateRunner, cli.Error);
            var progress = new LateProgress(cli.Error, TimeProvider.System);
            VerificationReport report = await new Verifier(VerificationServices.Of(services))
                .RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(method), progress.Report, cancellationToken);
            if (parsed.GetValue(SharedOptions.Json)) ReportJson.Write(cli.Output, report);
            else ReportText.Write(cli.Output, report);
            return report.Counts.Failed > 0 ? ExitCodes.VerificationFailed : ExitCodes.Success;
        });
        return command;
    }
}
