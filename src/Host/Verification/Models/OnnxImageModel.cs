using System.Security.Cryptography;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Onnx;
using Pellucid.Modeling.Imaging.Preprocessing;
using Pellucid.Modeling.Models;
using Pellucid.Modeling.Tokenizers;

namespace Pellucid.Host.Verification.Models;

/// <summary>A model whose image encoder is an ONNX file and whose text side is given as embeddings: the CNN of the suite "captum".</summary>
internal static class OnnxImageModel
{
    /// <summary>File name it is known by.</summary>
    public const string FileName = "model.onnx";

    /// <summary>Makes the model.</summary>
    /// <param name="path">The ONNX file: one input of pixels, one output of embeddings [B, E].</param>
    /// <param name="size">Image size.</param>
    /// <param name="logitScale">tau.</param>
    /// <param name="runner">Runs its graph.</param>
    /// <exception cref="PellucidException">The file cannot be read, or has several inputs or outputs.</exception>
    public static GraphVisionLanguageModel Load(string path, ImageSize size, float logitScale, IGraphRunner runner)
    {
        Graph graph = Rename(OnnxImport.Load(path), path);
        Value pixels = graph.Inputs[0];
        int width = (int)(graph.Types[graph.Outputs[0].Value].Shape?[^1] ?? throw new PellucidException($"{path}: the width of the embedding is not known"));
        return new GraphVisionLanguageModel(
            new GraphModelParts
            {
                Description = new ModelDescription(
                    path, "ONNX image encoder", "onnx", width, size, (int)pixels.Shape[1], 0, logitScale,
                    graph.Weights.Values.Sum(w => w.Shape.ElementCount()), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), [path]),
                Tokenizer = new MissingTokenizer($"{path} takes no texts, only their embeddings", contextLength: 0),
                Fusion = new CosineFusion(logitScale),
                // Suites give pixel values, so nothing is ever prepared.
                Preprocessing = PreprocessingPresets.OpenAiClip(Math.Min(size.Height, size.Width)),
                ImageEncoder = _ => graph,
                TextEncoder = () => throw new PellucidException($"{path} has no text encoder"),
                ImageLayout = _ => null,
            },
            runner);
    }

    private static Graph Rename(Graph graph, string path)
    {
        if (graph.Inputs.Length != 1 || graph.Outputs.Length != 1)
            throw new PellucidException($"{path} has {graph.Inputs.Length} inputs and {graph.Outputs.Length} outputs; an image encoder has one of each");
        if (graph.Inputs[0].Name != EncoderNames.PixelValues)
            throw new PellucidException($"{path}: the input is named '{graph.Inputs[0].Name}'; an image encoder's is '{EncoderNames.PixelValues}'");
        GraphBuilder g = graph.Edit();
        Value embedding = g.Find(graph.Outputs[0].Value);
        g.ClearOutputs();
        g.Output(EncoderNames.ImageEmbeds, embedding);
        return g.Build();
    }
}
