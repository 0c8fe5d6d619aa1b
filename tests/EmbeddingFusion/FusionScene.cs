using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Host;
using Pellucid.Modeling.Imaging;
using Pellucid.TestSupport;

namespace Pellucid.Plugins.EmbeddingFusion.Tests;

/// <summary>The embedded model, one of its scenes and two texts; shared by all tests, because loading takes a while.</summary>
public sealed class FusionScene : IAsyncLifetime
{
    private readonly string _state = Directory.CreateTempSubdirectory("pellucid-fusion-").FullName;

    public FusionScene() => Services = new HostServices(
        new HostSettings
        {
            HostFolder = Path.Combine(RepositoryPaths.Root, "artifacts", "bin", "Pellucid.Host", "release"),
            StateFolder = _state,
            MapCacheFolder = CacheFolder,
            Device = "cpu",
        },
        HostServices.CreateDefaultRunner);

    public HostServices Services { get; }

    /// <summary>Folder of the map cache.</summary>
    public string CacheFolder => Path.Combine(_state, "maps");

    /// <summary>Files of the map cache.</summary>
    public FileInfo[] CacheFiles => Directory.Exists(CacheFolder) ? new DirectoryInfo(CacheFolder).GetFiles() : [];

    /// <summary>A request for the linear scores of two texts.</summary>
    public ExplanationRequest Request { get; private set; } = null!;

    public int Dimensions => Request.Model.Description.EmbeddingDimension;

    public async ValueTask InitializeAsync()
    {
        string folder = Path.Combine(RepositoryPaths.Models, "shapes-clip");
        IVisionLanguageModel model = await Services.ModelAdapters.First(a => a.Probe(folder).Matches).LoadAsync(new ModelSource("shapes-clip", folder));
        IReadOnlyList<TextInput> texts = await model.PrepareTextsAsync(["a red circle", "a blue square"]);
        Request = new ExplanationRequest
        {
            Model = model,
            Image = model.Prepare(ImageDecoder.Decode(Path.Combine(RepositoryPaths.Datasets, "shapes", "images", "000001.png"))),
            Targets = [.. texts.Select(t => new MatchingScoreTarget(t, ScoreKind.Linear))],
            Seed = 7,
        };
    }

    public async Task<IReadOnlyList<Explanation>> ExplainAsync(string spec, ExplanationRequest? request = null) =>
        await Services.Explainers.Create(spec).ExplainAsync(request ?? Request);

    public ValueTask DisposeAsync()
    {
        Services.Dispose();
        Directory.Delete(_state, recursive: true);
        return ValueTask.CompletedTask;
    }
}
