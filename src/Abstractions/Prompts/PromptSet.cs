using System.Security.Cryptography;
using System.Text;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Prompts;

/// <summary>
/// Classes, each described by prompts; an image's score of a class is an ensemble of its scores with the prompts (PromptClassifier of Wang et
/// al. 2022, "MedCLIP: contrastive learning from unpaired medical images and text"). Immutable; compared by content.
/// </summary>
public sealed class PromptSet : IEquatable<PromptSet>
{
    /// <summary>Makes a set.</summary>
    /// <exception cref="PellucidException">There is no class, a class has no prompt, two have one name, or embeddings differ in width.</exception>
    public PromptSet(IReadOnlyList<PromptClass> classes, PromptEnsemble ensemble = PromptEnsemble.Mean)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Count == 0) throw new PellucidException("the prompt set has no class");
        foreach (PromptClass c in classes)
        {
            if (c.Prompts.Count == 0) throw new PellucidException($"class \"{c.Name}\" has no prompt");
            if (c.Prompts.FirstOrDefault(p => p.Embedding.Length != classes[0].Prompts[0].Embedding.Length) is { } odd)
                throw new PellucidException($"the prompts of class \"{c.Name}\" have embeddings of {odd.Embedding.Length} dimensions, others {classes[0].Prompts[0].Embedding.Length}: they come from different models");
        }

        if (classes.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw new PellucidException($"two classes are named \"{twice.Key}\"");
        Classes = classes;
        Ensemble = ensemble;
        ContentHash = Hash();
    }

    /// <summary>Classes, in the order of the file.</summary>
    public IReadOnlyList<PromptClass> Classes { get; }

    /// <summary>How scores with prompts become the score of a class.</summary>
    public PromptEnsemble Ensemble { get; }

    /// <summary>SHA-256 (hex) of names, embeddings and ensemble: equal hashes mean equal scores.</summary>
    public string ContentHash { get; }

    /// <summary>E of the model that embedded the prompts.</summary>
    public int Width => Classes[0].Prompts[0].Embedding.Length;

    private int Longest => Classes.Max(c => c.Prompts.Count);

    /// <summary>Index of a class.</summary>
    /// <exception cref="PellucidException">There is none of that name; the message lists the nearest names.</exception>
    public int IndexOf(string name)
    {
        for (int c = 0; c < Classes.Count; c++) if (string.Equals(Classes[c].Name, name, StringComparison.Ordinal)) return c;
        throw new PellucidException($"there is no class \"{name}\" among the {Classes.Count} of the prompt set{NearestNames.Suffix(name, Classes.Select(c => c.Name))}");
    }

    /// <summary>Score of an image embedding [E] with a class.</summary>
    public double Score(IFusionRule fusion, ReadOnlySpan<float> imageEmbedding, int index, ScoreKind kind = ScoreKind.Logit)
    {
        ArgumentNullException.ThrowIfNull(fusion);
        IReadOnlyList<TextInput> prompts = Classes[index].Prompts;
        double sum = 0, most = double.NegativeInfinity;
        foreach (TextInput prompt in prompts)
        {
            double score = fusion.Score(imageEmbedding, prompt.Embedding.Floats, kind);
            sum += score;
            most = Math.Max(most, score);
        }

        return Ensemble == PromptEnsemble.Mean ? sum / prompts.Count : most;
    }

    /// <summary>Scores of an image embedding [E] with all classes.</summary>
    public double[] Scores(IFusionRule fusion, ReadOnlySpan<float> imageEmbedding, ScoreKind kind = ScoreKind.Logit)
    {
        double[] scores = new double[Classes.Count];
        for (int c = 0; c < scores.Length; c++) scores[c] = Score(fusion, imageEmbedding, c, kind);
        return scores;
    }

    /// <inheritdoc/>
    public bool Equals(PromptSet? other) => other is not null && string.Equals(ContentHash, other.ContentHash, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PromptSet);

    /// <inheritdoc/>
    public override int GetHashCode() => ContentHash.GetHashCode(StringComparison.Ordinal);

    internal void RequireWidth(int width)
    {
        if (width != Width) throw new PellucidException($"the prompts have embeddings of {Width} dimensions, the model {width}: they come from another model");
    }

    /// <summary>
    /// Embeddings [classes * P, E], P being the most prompts that a class has. A class with fewer repeats its first: that changes no maximum,
    /// and <see cref="Shares"/> gives the copies no part in the mean.
    /// </summary>
    internal HostTensor Grid()
    {
        float[] grid = new float[Classes.Count * Longest * Width];
        for (int c = 0; c < Classes.Count; c++)
        {
            IReadOnlyList<TextInput> prompts = Classes[c].Prompts;
            for (int p = 0; p < Longest; p++) prompts[p < prompts.Count ? p : 0].Embedding.Floats.CopyTo(grid.AsSpan(((c * Longest) + p) * Width));
        }

        return HostTensor.Of(grid, Classes.Count * Longest, Width);
    }

    /// <summary>Part of each prompt in the mean of its class, [classes, P].</summary>
    internal HostTensor Shares()
    {
        float[] shares = new float[Classes.Count * Longest];
        for (int c = 0; c < Classes.Count; c++) shares.AsSpan(c * Longest, Classes[c].Prompts.Count).Fill(1f / Classes[c].Prompts.Count);
        return HostTensor.Of(shares, Classes.Count, Longest);
    }

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Ensemble} {Classes.Count}"));
        foreach (PromptClass c in Classes)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{c.Name}\0{c.Prompts.Count}\0"));
            foreach (TextInput prompt in c.Prompts) hash.AppendData(prompt.Embedding.Bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
