using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Plugins.Transformers.Encoders;

/// <summary>An encoder of the model that is a transformer, with its layout.</summary>
/// <param name="Method">Id of the explainer, for messages.</param>
/// <param name="Model">The model.</param>
/// <param name="Modality">Which encoder.</param>
/// <param name="Layout">Its layout.</param>
internal sealed record EncoderSide(string Method, IGraphModel Model, Modality Modality, TransformerLayout Layout)
{
    /// <summary>The image encoder of a request.</summary>
    /// <exception cref="PellucidException">It is no editable graph, or no transformer.</exception>
    public static EncoderSide Image(ExplanationRequest request, string method)
    {
        if (request.Model is not IGraphModel model)
            throw new PellucidException($"model '{request.Model.Description.Id}' is no editable graph, which {method} needs; use a method that only evaluates the model");
        return new EncoderSide(method, model, Modality.Image, model.Layout(Modality.Image, request.Image.Size) ?? throw NoTransformer(method, model, Modality.Image));
    }

    /// <summary>The text encoder of the same model.</summary>
    /// <exception cref="PellucidException">It is no transformer.</exception>
    public EncoderSide Text() => this with
    {
        Modality = Modality.Text,
        Layout = Model.Layout(Modality.Text) ?? throw NoTransformer(Method, Model, Modality.Text),
    };

    /// <summary>Patches of the image.</summary>
    public int Patches => Layout.Tokens - Layout.PrefixTokens;

    /// <summary>The number of a block from 0; negative numbers count from the end, -1 is the last.</summary>
    /// <exception cref="PellucidException">There is no such block.</exception>
    public int Block(int number, string option) => number >= -Layout.Blocks && number < Layout.Blocks
        ? number < 0 ? Layout.Blocks + number : number
        : throw new PellucidException($"{Method}: {option}={number}, but the {Layout.Prefix} encoder has blocks 0 to {Layout.Blocks - 1} (-1 is the last)");

    /// <summary>The token that becomes the embedding, of [B, N, D] as [B, 1, D]; a value narrowed to it already is left alone.</summary>
    public Value Selected(GraphBuilder g, Value x)
    {
        if (x.Shape[1] == 1) return x;
        return Modality == Modality.Text ? g.SelectToken(x, g.Find(Layout.SelectedTokenTap)) : g.SelectToken(x, 0);
    }

    private static PellucidException NoTransformer(string method, IGraphModel model, Modality modality) => new(
        $"{method} needs a transformer whose tokens attend to each other, and the {modality.ToString().ToLowerInvariant()} encoder of '{model.Description.Id}' ({model.Description.Family}) is none; use a gradient method such as saliency, or one that only evaluates the model such as rise");
}
