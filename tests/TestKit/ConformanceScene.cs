using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Host;
using Pellucid.Modeling.Imaging;
using Pellucid.TestSupport;

namespace Pellucid.TestKit.Tests;

/// <summary>The embedded model, one of its scenes and two texts; shared by all tests, because loading takes a while.</summary>
public sealed class ConformanceScene : IAsyncLifetime
{
    private readonly string _state = Directory.CreateTempSubdirectory("pellucid-testkit-").FullName;

    public ConformanceScene() => Services = new HostServices(
        new HostSettings
        {
            HostFolder = Path.Combine(RepositoryPaths.Root, "artifacts", "bin", "Pellucid.Host", "release"),
            StateFolder = _state,
            Device = "cpu",
        },
        HostServices.CreateDefaultRunner);

    public HostServices Services { get; }

    public ExplanationRequest Request { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        string folder = Path.Combine(RepositoryPaths.Models, "shapes-clip");
        IModelAdapter adapter = Services.ModelAdapters.First(a => a.Probe(folder).Matches);
        IVisionLanguageModel model = await adapter.LoadAsync(new ModelSource("shapes-clip", folder));
        Request = await ConformanceRequests.MatchingScoresAsync(
            model, ImageDecoder.Decode(Path.Combine(RepositoryPaths.Datasets, "shapes", "images", "000001.png")), ["a red circle", "a blue square"], seed: 7);
    }

    public ValueTask DisposeAsync()
    {
        Services.Dispose();
        Directory.Delete(_state, recursive: true);
        return ValueTask.CompletedTask;
    }
}
