using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Models;

/// <summary>A text as a model takes it, with its embedding.</summary>
/// <param name="Tokens">Token ids and how they lie on the text.</param>
/// <param name="Embedding">[E] float32, un-normalized, as the model's text encoder gives it.</param>
public sealed record TextInput(TokenizedText Tokens, HostTensor Embedding);
