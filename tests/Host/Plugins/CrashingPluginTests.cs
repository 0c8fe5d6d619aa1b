using System.Diagnostics;
using Pellucid.Host.Plugins;
using Pellucid.TestSupport;

namespace Pellucid.Host.Tests.Plugins;

/// <summary>A plugin that ends the process while it is loaded, twice in a row, is disabled at the next start.</summary>
public sealed class CrashingPluginTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task TwoCrashesInARowDisableAtTheNextStart()
    {
        _sandbox.Install("Crashing");
        _sandbox.Install("Healthy");
        for (int crash = 0; crash < 2; crash++)
        {
            (int failed, _) = await StartHost();
            Assert.NotEqual(0, failed);
        }

        (int exitCode, string output) = await StartHost();
        Assert.Equal(0, exitCode);
        Assert.Contains("crashing: the host ended twice in a row while it was being loaded; to try again: plugins enable crashing", output, StringComparison.Ordinal);
        Assert.Matches("healthy +1.2.3 +Active", output);

        // Enabled again, it gets its next chance, which it wastes.
        Assert.Equal(0, await _sandbox.Run("plugins", "enable", "crashing"));
        (int again, _) = await StartHost();
        Assert.NotEqual(0, again);
    }

    [Fact]
    public void OneEndOfTheHostAccusesNobody()
    {
        _sandbox.Install("Healthy");
        for (int killed = 0; killed < 3; killed++)
        {
            LeaveNotes("healthy", 1);
            Assert.Equal(PluginState.Active, State());
        }

        // Several hosts that are killed at once are one end.
        LeaveNotes("healthy", 3);
        Assert.Equal(PluginState.Active, State());
        Assert.False(File.Exists(Path.Combine(_sandbox.StateFolder, "suspected", "healthy")));

        LeaveNotes("healthy", 1);
        new PluginStateStore(_sandbox.StateFolder).DisableCrashed();
        LeaveNotes("healthy", 1);
        Assert.Equal(PluginState.Disabled, State());
    }

    [Fact]
    public void NoteOfALivingProcessAccusesNobody()
    {
        _sandbox.Install("Healthy");
        PluginStateStore other = new(_sandbox.StateFolder);
        using LoadingNote? note = other.NoteLoading("healthy");
        Assert.NotNull(note);
        using HostServices services = _sandbox.Services();
        Assert.Equal(PluginState.Active, Assert.Single(services.Plugins.Plugins).State);
    }

    [Fact]
    public void NothingStaysBehindAfterLoading()
    {
        _sandbox.Install("Healthy");
        _sandbox.Install("ThrowingConstructor");
        using HostServices services = _sandbox.Services();
        Assert.Equal(2, services.Plugins.Plugins.Count);
        Assert.Empty(Directory.GetFiles(Path.Combine(_sandbox.StateFolder, "loading")));
    }

    private PluginState State()
    {
        using HostServices services = _sandbox.Services();
        return Assert.Single(services.Plugins.Plugins).State;
    }

    private void LeaveNotes(string id, int number)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_sandbox.StateFolder, "loading")).FullName;
        for (int n = 0; n < number; n++) File.WriteAllText(Path.Combine(folder, $"1-{n}"), id);
    }

    private async Task<(int ExitCode, string Output)> StartHost()
    {
        ProcessStartInfo start = new("dotnet")
        {
            ArgumentList = { Path.Combine(RepositoryPaths.Root, "artifacts", "bin", "Pellucid.Host", "release", "Pellucid.Host.dll"), "plugins", "list" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PELLUCID_STATE"] = _sandbox.StateFolder,
                ["PELLUCID_PLUGINS"] = _sandbox.Folder,
                ["DOTNET_DbgEnableMiniDump"] = "0",
            },
        };
        using Process host = Process.Start(start)!;
        Task<string> error = host.StandardError.ReadToEndAsync();
        string output = await host.StandardOutput.ReadToEndAsync();
        await error;
        await host.WaitForExitAsync();
        return (host.ExitCode, output);
    }
}
