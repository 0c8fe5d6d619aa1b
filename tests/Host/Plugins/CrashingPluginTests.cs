using System.Diagnostics;
using Pellucid.Host.Plugins;
using Pellucid.TestSupport;

namespace Pellucid.Host.Tests.Plugins;

/// <summary>A plugin that ends the process while it is loaded is disabled at the next start.</summary>
public sealed class CrashingPluginTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task CrashDisablesAtTheNextStart()
    {
        _sandbox.Install("Crashing");
        _sandbox.Install("Healthy");
        (int first, _) = await StartHost();
        Assert.NotEqual(0, first);
        (int second, string output) = await StartHost();
        Assert.Equal(0, second);
        Assert.Contains("crashing: the host ended while it was being loaded; to try again: plugins enable crashing", output, StringComparison.Ordinal);
        Assert.Matches("healthy +1.2.3 +Active", output);

        // Enabled again, it gets its next chance, which it wastes.
        Assert.Equal(0, await _sandbox.Run("plugins", "enable", "crashing"));
        (int third, _) = await StartHost();
        Assert.NotEqual(0, third);
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
