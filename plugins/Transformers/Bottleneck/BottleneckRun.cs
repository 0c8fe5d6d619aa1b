using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Transformers.Bottleneck;

/// <summary>One target under optimization: its bottleneck, and the upper half of the encoder that it is fed to.</summary>
internal sealed class BottleneckRun
{
    /// <summary>Samples in a run: more hold more activations and are no faster.</summary>
    private const int SamplesAtOnce = 5;

    private readonly Graph _upper;
    private readonly Dictionary<string, HostTensor> _feed;
    private readonly string _encoderInput;
    private readonly float[] _features;
    private readonly int _length, _tokens, _width;

    /// <summary>Starts.</summary>
    /// <param name="upper">Upper half of the encoder.</param>
    /// <param name="feed">All its inputs but those of the mixture; the encoder's own input of one row may be among them.</param>
    /// <param name="encoderInput">Name of the encoder's own input.</param>
    /// <param name="features">[1, N, D] behind the lower half.</param>
    /// <param name="tokens">Tokens T in the bottleneck, the first of the N; the others (padding) pass as they are.</param>
    /// <param name="options">Options.</param>
    public BottleneckRun(Graph upper, IReadOnlyDictionary<string, HostTensor> feed, string encoderInput, HostTensor features, int tokens, M2ibOptions options)
    {
        HashSet<string> read = [.. upper.Inputs.Select(i => i.Name)];
        (_upper, _encoderInput) = (upper, encoderInput);
        _feed = feed.Where(f => read.Contains(f.Key)).ToDictionary(StringComparer.Ordinal);
        (_tokens, _width) = ((int)features.Shape[1], (int)features.Shape[2]);
        _length = tokens * _width;
        _features = features.Floats.ToArray();
        Bottleneck = new InformationBottleneck(features.Floats[.._length], _width, options);
    }

    /// <summary>The bottleneck.</summary>
    public InformationBottleneck Bottleneck { get; }

    /// <summary>Elements of a noise sample, T x D.</summary>
    public int NoiseLength => _length;

    /// <summary>One step: samples through the upper half, and an update.</summary>
    public async Task StepAsync(IGraphRunner runner, float[] noise, CancellationToken cancellationToken)
    {
        int samples = noise.Length / _length, area = _tokens * _width;
        float[] passed = [.. _features], blocked = new float[area];
        Bottleneck.Parts(passed.AsSpan(0, _length), blocked.AsSpan(0, _length));
        var feed = new Dictionary<string, HostTensor>(_feed, StringComparer.Ordinal)
        {
            [BottleneckGraphs.Noise] = HostTensor.Of(Padded(noise, samples), samples, _tokens, _width),
            [BottleneckGraphs.Passed] = HostTensor.Of(passed, 1, _tokens, _width),
            [BottleneckGraphs.Blocked] = HostTensor.Of(blocked, 1, _tokens, _width),
        };
        List<string> rows = [BottleneckGraphs.Noise];
        if (_feed.TryGetValue(_encoderInput, out HostTensor? input))
        {
            feed[_encoderInput] = Repeated(input, samples);
            rows.Add(_encoderInput);
        }

        IReadOnlyDictionary<string, HostTensor> run = await runner.RunInBatchesAsync(_upper, feed, SamplesAtOnce, rows, progress: null, cancellationToken);
        ReadOnlyMemory<float> gradient = (float[])run[BottleneckGraphs.Gradient].BackingArray;
        for (int b = 0; b < samples; b++) Bottleneck.Add(gradient.Span.Slice(b * area, _length), noise.AsSpan(b * _length, _length));
        Bottleneck.Update();
    }

    /// <summary>The noise with zeros for the tokens behind the bottleneck's.</summary>
    private float[] Padded(float[] noise, int samples)
    {
        int area = _tokens * _width;
        if (area == _length) return noise;
        float[] padded = new float[samples * area];
        for (int b = 0; b < samples; b++) noise.AsSpan(b * _length, _length).CopyTo(padded.AsSpan(b * area));
        return padded;
    }

    private static HostTensor Repeated(HostTensor row, int count)
    {
        HostTensor repeated = HostTensor.Zeros(row.ElementType, row.Shape.With(0, count));
        for (int i = 0; i < count; i++) row.Bytes.CopyTo(repeated.Bytes[(i * row.Bytes.Length)..]);
        return repeated;
    }
}
