using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.EmbeddingFusion.Tests;

/// <summary>Maps of all dimensions are computed once; what is read again is what was computed.</summary>
public sealed class CacheTests : IAsyncLifetime
{
    private const string Inner = "occlusion(window=32)", Spec = $"embedding-fusion(inner={Inner}, plan=maps)";

    private readonly FusionScene _scene = new();

    public ValueTask InitializeAsync() => _scene.InitializeAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task AnotherTextTakesNoEvaluation()
    {
        IReadOnlyList<Explanation> computed = await _scene.ExplainAsync(Spec);
        FileInfo file = Assert.Single(_scene.CacheFiles);
        var model = new CountingModel(_scene.Request.Model);
        IReadOnlyList<Explanation> read = await _scene.ExplainAsync(Spec, _scene.Request with { Model = model });
        Assert.Equal(0, model.Images);
        for (int k = 0; k < read.Count; k++)
        {
            Assert.Equal(computed[k].Image!.Map.Bytes, read[k].Image!.Map.Bytes);
            Assert.Equal((computed[k].Score, computed[k].ExplainedScore), (read[k].Score, read[k].ExplainedScore));
            Assert.Equal(computed[k].ExplainedFunction, read[k].ExplainedFunction);
        }

        IReadOnlyList<TextInput> other = await _scene.Request.Model.PrepareTextsAsync(["a green triangle"]);
        ExplanationRequest cosine = _scene.Request with { Model = model, Targets = [new MatchingScoreTarget(other[0])] };
        Explanation another = (await _scene.ExplainAsync(Spec, cosine))[0];
        Assert.Equal(0, model.Images);
        PlanTests.RequireEqual((await _scene.ExplainAsync(Inner, _scene.Request with { Targets = [new MatchingScoreTarget(other[0], ScoreKind.Linear)] }))[0].Image!.Map, another.Image!.Map);
        Assert.Equal(file.Name, Assert.Single(_scene.CacheFiles).Name);
    }

    [Theory]
    [InlineData(Inner)]
    [InlineData("saliency")]
    [InlineData("saliency(abs=false)")]
    public async Task AutoGivesTheSameBytesAndWordsWhateverIsKept(string inner)
    {
        string auto = $"embedding-fusion(inner={inner})";
        IReadOnlyList<Explanation> before = await _scene.ExplainAsync(auto);
        bool fused = inner != "saliency";
        Assert.Equal(fused ? 0 : 1, _scene.CacheFiles.Length);
        await _scene.ExplainAsync($"embedding-fusion(inner={inner}, plan=maps)");
        Assert.Single(_scene.CacheFiles);
        IReadOnlyList<Explanation> after = await _scene.ExplainAsync(auto);
        for (int k = 0; k < before.Count; k++)
        {
            Assert.Contains(fused ? "plan fused" : "plan maps", before[k].ExplainedFunction, StringComparison.Ordinal);
            Assert.Equal(before[k].ExplainedFunction, after[k].ExplainedFunction);
            Assert.Equal((before[k].Score, before[k].ExplainedScore), (after[k].Score, after[k].ExplainedScore));
            Assert.Equal(before[k].Image!.Map.Bytes, after[k].Image!.Map.Bytes);
        }
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("row")]
    [InlineData("note")]
    [InlineData("footer")]
    [InlineData("empty")]
    [InlineData("longer")]
    public async Task ADamagedEntryIsComputedAgain(string damage)
    {
        byte[] expected = (await _scene.ExplainAsync(Spec))[0].Image!.Map.Bytes.ToArray();
        FileInfo file = Assert.Single(_scene.CacheFiles);
        byte[] whole = await File.ReadAllBytesAsync(file.FullName), bytes = [.. whole];
        switch (damage)
        {
            case "cut": bytes = bytes[..^1000]; break;
            case "row": bytes[5000] ^= 1; break;
            case "note": bytes[^100] ^= 1; break;
            case "footer": bytes[^20] ^= 1; break;
            case "empty": bytes = []; break;
            default: bytes = [.. bytes, 0]; break;
        }

        // A new file, as another process would leave it: a process reads a file's checks once.
        file.Delete();
        await File.WriteAllBytesAsync(file.FullName, bytes);
        File.SetLastWriteTimeUtc(file.FullName, file.LastWriteTimeUtc.AddSeconds(5));
        var model = new CountingModel(_scene.Request.Model);
        Explanation again = (await _scene.ExplainAsync(Spec, _scene.Request with { Model = model }))[0];
        Assert.True(model.Images > 1);
        Assert.Equal(expected, again.Image!.Map.Bytes);
        Assert.Equal(whole, await File.ReadAllBytesAsync(Assert.Single(_scene.CacheFiles).FullName));
    }

    [Fact]
    public async Task WhatChangesTheNumbersChangesTheEntry()
    {
        await _scene.ExplainAsync(Spec);
        await _scene.ExplainAsync("embedding-fusion(inner=occlusion(window=32, stride=0), plan=maps, batch=9)");
        Assert.Single(_scene.CacheFiles);
        await _scene.ExplainAsync("embedding-fusion(inner=occlusion(window=32, fill=black), plan=maps)");
        await _scene.ExplainAsync(Spec, _scene.Request with { Seed = 8 });
        await _scene.ExplainAsync(Spec, _scene.Request with { Draws = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["baseline"] = HostTensor.Of([1f, 0, 0], 3) } });
        float[] pixels = _scene.Request.Image.Pixels.Floats.ToArray();
        pixels[0] += 1;
        await _scene.ExplainAsync(Spec, _scene.Request with { Image = _scene.Request.Image with { Pixels = HostTensor.Of(pixels, _scene.Request.Image.Pixels.Shape) } });
        await _scene.ExplainAsync($"embedding-fusion(inner={Inner}, plan=maps, elements=true)");
        Assert.Equal(6, _scene.CacheFiles.Length);

        // The same tensor with another content.
        _scene.Request.Image.Pixels.Floats[^1] += 1;
        await _scene.ExplainAsync(Spec);
        Assert.Equal(7, _scene.CacheFiles.Length);
    }

    [Fact]
    public async Task ACancelledRunLeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        var progress = new StopAt(0.5, stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _scene.Services.Explainers.Create(
            "embedding-fusion(inner=saliency, plan=maps, batch=8)").ExplainAsync(_scene.Request with { Progress = progress }, stop.Token));
        Assert.Empty(_scene.CacheFiles);
    }

    private sealed class StopAt(double at, CancellationTokenSource stop) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= at) stop.Cancel();
        }
    }
}
