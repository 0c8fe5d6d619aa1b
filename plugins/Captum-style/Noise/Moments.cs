using System.Numerics.Tensors;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Noise;

/// <summary>Running mean and mean square of tensors of one shape, by Welford's recurrence: no sample is kept.</summary>
internal sealed class Moments
{
    private TensorShape? _shape;
    private double[] _mean = [];
    private double[] _deviation = [];
    private double[] _square = [];
    private int _count;

    /// <summary>Adds a sample.</summary>
    /// <exception cref="PellucidException">Its shape is another than that of the samples before.</exception>
    public void Add(HostTensor sample)
    {
        if (_shape is { } shape && !shape.SequenceEqual(sample.Shape))
            throw new PellucidException($"noise-tunnel: the inner explainer gave an attribution of {_shape} for one noisy image and of {sample.Shape} for another");
        if (_shape is null)
        {
            _shape = sample.Shape;
            (_mean, _deviation, _square) = (new double[sample.Length], new double[sample.Length], new double[sample.Length]);
        }

        _count++;
        Span<float> values = sample.Floats;
        for (int i = 0; i < values.Length; i++)
        {
            double change = values[i] - _mean[i];
            _mean[i] += change / _count;
            _deviation[i] += change * (values[i] - _mean[i]);
            _square[i] += (((double)values[i] * values[i]) - _square[i]) / _count;
        }
    }

    /// <summary>The result, of the samples' shape; null if there was none.</summary>
    public HostTensor? Result(NoiseTunnelType type)
    {
        if (_shape is not { } shape) return null;
        double[] values = type switch
        {
            NoiseTunnelType.Smoothgrad => _mean,
            NoiseTunnelType.SmoothgradSq => _square,
            _ => [.. _deviation.Select(d => d / _count)],
        };
        float[] result = new float[values.Length];
        TensorPrimitives.ConvertTruncating<double, float>(values, result);
        return HostTensor.Of(result, shape);
    }
}
