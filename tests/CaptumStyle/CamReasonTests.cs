using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Plugins.CaptumStyle.Layers;

namespace Pellucid.Plugins.CaptumStyle.Tests;

/// <summary>A class activation map of zeros says why: what speaks against a target is not what speaks for it everywhere alike.</summary>
public sealed class CamReasonTests
{
    [Fact]
    public async Task A_layer_that_speaks_against_the_target_is_told_from_one_that_speaks_for_it_everywhere_alike()
    {
        using var model = new SmallModel(1, 4, 4, (g, x) =>
        {
            Value layer = g.Relu(x);
            g.Tap("layer", layer);
            return g.MatMul(g.Reshape(g.Emit("GlobalAveragePool", [layer]), -1, 1), g.Constant(HostTensor.Of([-1f, 1f], 1, 2)));
        });
        Assert.StartsWith("no part of the layer speaks for this target: ", await ReasonAsync(model, CamForm.Relu, 0), StringComparison.Ordinal);
        Assert.StartsWith("no part of the layer speaks for this target: ", await ReasonAsync(model, CamForm.Final, 0), StringComparison.Ordinal);
        Assert.Null(await ReasonAsync(model, CamForm.Final, 1));

        float[] ones = new float[16];
        Array.Fill(ones, 1f);
        model.Pixels = HostTensor.Of(ones, 1, 1, 4, 4);
        Assert.Equal("every part of the layer speaks for this target alike", await ReasonAsync(model, CamForm.Final, 1));
        Assert.Null(await ReasonAsync(model, CamForm.Relu, 1));

        model.Pixels = HostTensor.Of(new float[16], 1, 1, 4, 4);
        Assert.StartsWith("no part of the layer speaks for or against this target: ", await ReasonAsync(model, CamForm.Relu, 1), StringComparison.Ordinal);
    }

    private static async Task<string?> ReasonAsync(SmallModel model, CamForm form, int dimension) =>
        (await model.ExplainAsync(new GradCamExplainer(new CamOptions { Layer = "layer", Form = form }, model.Runner), new EmbeddingDimensionTarget(dimension)))[0].Image!.Undefined;
}
