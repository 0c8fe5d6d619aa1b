using System.CommandLine;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Cli;

/// <summary><c>plugins trust</c>: shows what a plugin is made of and lets it be loaded from now on.</summary>
internal static class PluginsTrustCommand
{
    public static Command Create(CliEnvironment cli)
    {
        Argument<string> folder = new("folder") { Description = "The plugin's folder, which holds its plugin.json." };
        Command command = new("trust", "Trusts a plugin as it lies in a folder; any change to it ends the trust.") { folder };
        command.SetAction(parsed =>
        {
            HostSettings settings = cli.Settings(parsed);
            string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetRequiredValue(folder)));
            PluginManifest manifest = PluginManifestReader.Read(path);
            PluginFolder.Check(path, manifest);
            Show(cli.Output, path, manifest);
            new PluginStateStore(settings.StateFolder).Trust(manifest, path);
            cli.Output.WriteLine();
            cli.Output.WriteLine($"{manifest.Id} {manifest.Version} is trusted: its code runs with all your rights. To take that back: plugins untrust {path}");
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Show(TextWriter output, string folder, PluginManifest manifest)
    {
        output.WriteLine($"id            {manifest.Id}");
        output.WriteLine($"version       {manifest.Version}");
        output.WriteLine($"summary       {manifest.Summary}");
        output.WriteLine($"license       {manifest.License}");
        output.WriteLine($"contracts     {manifest.Contract}");
        output.WriteLine($"capabilities  {string.Join(", ", manifest.Capabilities)}");
        output.WriteLine($"folder        {folder}");
        output.WriteLine($"manifest      sha256 {manifest.Hash}");
        foreach ((string file, string hash) in manifest.Files.OrderBy(f => f.Key, StringComparer.Ordinal))
            output.WriteLine($"file          sha256 {hash} {file}");
    }
}
