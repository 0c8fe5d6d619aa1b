using Pellucid.Abstractions.Heads;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host;
using Pellucid.Host.Models;
using Pellucid.Modeling.Heads;

namespace Pellucid.EndToEnd.Tests;

/// <summary>The linear head whose weights are those of a text, tau T / |T|.</summary>
internal static class HeadOfText
{
    public static async Task WriteAsync(string path, string text)
    {
        using TemporaryFolder state = new();
        using HostServices services = new(new HostSettings { HostFolder = Cli.HostFolder, StateFolder = state.Path, PluginFolders = [], Device = "cpu" }, HostServices.CreateDefaultRunner);
        ModelLocator models = new(services, _ => null);
        IVisionLanguageModel model = await models.LoadAsync(models.Find("phantom-medclip"), TestContext.Current.CancellationToken);
        TextInput input = (await model.PrepareTextsAsync([text], TestContext.Current.CancellationToken))[0];
        float[] weights = model.Fusion.DimensionWeights(input.Embedding.Floats);
        HeadFile.Save(path, HeadKind.Regression, ["match"], [new HeadLayer(HostTensor.Of(weights, 1, weights.Length), HostTensor.Of([0.25f], 1))], model.Description.ContentHash);
    }
}
