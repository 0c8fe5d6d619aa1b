using Pellucid.Abstractions.Heads;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Numerics;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Abstractions.Explanations;

/// <summary>An output of a regression or classification head on the image embedding.</summary>
/// <param name="Head">The head.</param>
/// <param name="Output">Index in <see cref="IEmbeddingHead.Outputs"/>.</param>
/// <param name="Form">The output itself (a regressed value, a logit), or the softmax over the outputs, for classification heads.</param>
public sealed record HeadTarget(IEmbeddingHead Head, int Output, ClassScore Form = ClassScore.Logit) : EmbeddingTarget
{
    /// <inheritdoc/>
    public override string Kind => $"head-{Form.ToString().ToLowerInvariant()}/{Head.ContentHash}";

    /// <inheritdoc/>
    public override string Describe() => (Form, Head.Kind) switch
    {
        (ClassScore.Probability, _) => $"probability of \"{Checked}\" by head {Head.Name}",
        (_, HeadKind.Classification) => $"logit of \"{Checked}\" by head {Head.Name}",
        _ => $"\"{Checked}\" by head {Head.Name}",
    };

    /// <inheritdoc/>
    public override float[] Parameters(int width)
    {
        _ = Checked;
        RequireWidth(width);
        float[] oneHot = new float[Head.Outputs.Count];
        oneHot[Output] = 1;
        return oneHot;
    }

    /// <inheritdoc/>
    public override Value Append(GraphBuilder g, IFusionRule fusion, Value embeds, Value parameters)
    {
        ArgumentNullException.ThrowIfNull(g);
        Value outputs = Head.Append(g, embeds);
        return g.ReduceSum(g.Mul(Form == ClassScore.Probability ? g.Softmax(outputs) : outputs, parameters), [-1], keepDimensions: false);
    }

    /// <inheritdoc/>
    public override async ValueTask<float[]> EvaluateAsync(IFusionRule fusion, HostTensor embeds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embeds);
        _ = Checked;
        RequireWidth((int)embeds.Shape[1]);
        HostTensor outputs = await Head.EvaluateAsync(embeds, cancellationToken);
        int count = Head.Outputs.Count;
        float[] values = new float[outputs.Shape[0]];
        for (int b = 0; b < values.Length; b++)
        {
            double[] row = [.. outputs.Floats.Slice(b * count, count).ToArray().Select(v => (double)v)];
            values[b] = (float)(Form == ClassScore.Probability ? Softmax.Of<double>(row) : row)[Output];
        }

        return values;
    }

    /// <inheritdoc/>
    public override LinearForm? Linear(IFusionRule fusion, int width)
    {
        RequireWidth(width);
        return Form == ClassScore.Logit ? Head.Linear(Output) : null;
    }

    private string Checked
    {
        get
        {
            if (Output < 0 || Output >= Head.Outputs.Count) throw new PellucidException($"head {Head.Name} has no output {Output}: it has 0 to {Head.Outputs.Count - 1}");
            if (Form == ClassScore.Probability && Head.Kind != HeadKind.Classification)
                throw new PellucidException($"head {Head.Name} is a regression, which has no probabilities; ask for its value");
            return Head.Outputs[Output];
        }
    }

    private void RequireWidth(int width)
    {
        if (width != Head.Width) throw new PellucidException($"head {Head.Name} reads embeddings of {Head.Width} dimensions, the model's have {width}: it belongs to another model");
    }
}
