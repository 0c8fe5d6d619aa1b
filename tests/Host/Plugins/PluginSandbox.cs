using System.Text.Json.Nodes;
using NSubstitute;
using Pellucid.Abstractions.Execution;
using Pellucid.Host;
using Pellucid.Host.Cli;
using Pellucid.Host.Plugins;
using Pellucid.TestSupport;

namespace Pellucid.Host.Tests.Plugins;

/// <summary>A host without bundled plugins, with a plugin folder and a memory of its own; gone after the test.</summary>
public sealed class PluginSandbox : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("pellucid-plugins-");

    public PluginSandbox()
    {
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(HostFolder);
    }

    public string HostFolder => Path.Combine(_root.FullName, "host");

    public string Folder => Path.Combine(_root.FullName, "plugins");

    public string StateFolder => Path.Combine(_root.FullName, "state");

    public StringWriter Output { get; } = new();

    public StringWriter Error { get; } = new();

    public HostSettings Settings => new() { HostFolder = HostFolder, StateFolder = StateFolder, PluginFolders = [Folder] };

    /// <summary>Copies a test plugin's build output.</summary>
    public string Install(string name, string? as_ = null, bool trust = true)
    {
        string target = Path.Combine(Folder, as_ ?? name);
        CopyTo(name, target);
        if (trust) Trust(target);
        return target;
    }

    public void InstallBundled(string name) => CopyTo(name, Path.Combine(HostFolder, "plugins", name));

    public void Trust(string folder) => new PluginStateStore(StateFolder).Trust(PluginManifestReader.Read(folder), folder);

    /// <summary>Changes a manifest; trust is given to the changed one, so that only the change is tested.</summary>
    public void Edit(string folder, Action<JsonObject> change)
    {
        string path = Path.Combine(folder, "plugin.json");
        JsonObject manifest = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
        try
        {
            Trust(folder);
        }
        catch (PluginException)
        {
            // A manifest that cannot be read cannot be trusted either.
        }
    }

    public HostServices Services() => new(Settings, _ => Substitute.For<IGraphRunner>(), Error);

    public Task<int> Run(params string[] args)
    {
        CliEnvironment cli = new(Output, Error)
        {
            HostFolder = HostFolder,
            Variable = name => name switch { "PELLUCID_STATE" => StateFolder, "PELLUCID_PLUGINS" => Folder, _ => null },
            CreateRunner = _ => Substitute.For<IGraphRunner>(),
        };
        return CommandLineApp.RunAsync(args, cli);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static void CopyTo(string name, string target)
    {
        string source = Path.Combine(RepositoryPaths.Root, "artifacts", "test-plugins", name);
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
    }
}
