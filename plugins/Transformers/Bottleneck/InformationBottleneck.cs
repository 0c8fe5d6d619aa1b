namespace Pellucid.Plugins.Transformers.Bottleneck;

/// <summary>
/// The bottleneck of M2IB for one target: z = lambda h + (1 - lambda) eps with lambda = sigmoid(alpha), and Adam on alpha to lower
/// beta mean(KL) - mean_b score(z_b), KL = -1/2 (1 + ln var - mu^2 - var), mu = lambda h, var = (1 - lambda)^2. In double precision:
/// where 1 - lambda is small, its logarithm decides.
/// </summary>
internal sealed class InformationBottleneck
{
    private const double FirstDecay = 0.9, SecondDecay = 0.999, Epsilon = 1e-8;

    private readonly float[] _features;
    private readonly int _width;
    private readonly M2ibOptions _options;
    private readonly double[] _alpha, _passed, _blocked, _mean, _square, _fit;
    private int _updates, _samples;

    /// <summary>Starts.</summary>
    /// <param name="features">h, [T, D].</param>
    /// <param name="width">D.</param>
    /// <param name="options">Options.</param>
    public InformationBottleneck(ReadOnlySpan<float> features, int width, M2ibOptions options)
    {
        (_features, _width, _options) = (features.ToArray(), width, options);
        _alpha = new double[_features.Length];
        Array.Fill(_alpha, options.InitialAlpha);
        (_passed, _blocked) = (new double[_alpha.Length], new double[_alpha.Length]);
        (_mean, _square, _fit) = (new double[_alpha.Length], new double[_alpha.Length], new double[_alpha.Length]);
        Open();
    }

    /// <summary>What z is made of: lambda h and 1 - lambda, [T, D] each.</summary>
    public void Parts(Span<float> passed, Span<float> blocked)
    {
        for (int i = 0; i < _alpha.Length; i++) (passed[i], blocked[i]) = ((float)(_passed[i] * _features[i]), (float)_blocked[i]);
    }

    /// <summary>Takes in the gradient of one sample's score by its z.</summary>
    public void Add(ReadOnlySpan<float> gradient, ReadOnlySpan<float> noise)
    {
        for (int i = 0; i < _fit.Length; i++) _fit[i] += (double)gradient[i] * (_features[i] - noise[i]);
        _samples++;
    }

    /// <summary>One step of Adam (Kingma, Ba 2015) with the samples taken in since the last.</summary>
    public void Update()
    {
        _updates++;
        double first = 1 - Math.Pow(FirstDecay, _updates), second = 1 - Math.Pow(SecondDecay, _updates);
        for (int i = 0; i < _alpha.Length; i++)
        {
            double passed = _passed[i], blocked = _blocked[i], h = _features[i];
            double compression = (1 / blocked) + (passed * h * h) - blocked;
            double gradient = passed * blocked * ((_options.Beta * compression / _alpha.Length) - (_fit[i] / _samples));
            _mean[i] = (FirstDecay * _mean[i]) + ((1 - FirstDecay) * gradient);
            _square[i] = (SecondDecay * _square[i]) + ((1 - SecondDecay) * gradient * gradient);
            _alpha[i] -= _options.LearningRate * (_mean[i] / first) / (Math.Sqrt(_square[i] / second) + Epsilon);
        }

        Array.Clear(_fit);
        _samples = 0;
        Open();
    }

    /// <summary>Information that passes at each token, in nats: KL summed over the channels, [T].</summary>
    public float[] Capacity()
    {
        float[] capacity = new float[_alpha.Length / _width];
        for (int t = 0; t < capacity.Length; t++)
        {
            double sum = 0;
            for (int i = t * _width; i < (t + 1) * _width; i++)
            {
                double mu = _passed[i] * _features[i], blocked = _blocked[i];
                sum += -0.5 * (1 + (2 * Math.Log(blocked)) - (mu * mu) - (blocked * blocked));
            }

            capacity[t] = (float)sum;
        }

        return capacity;
    }

    /// <summary>lambda, and 1 - lambda without cancellation.</summary>
    private void Open()
    {
        for (int i = 0; i < _alpha.Length; i++)
        {
            double small = Math.Exp(-Math.Abs(_alpha[i])), larger = 1 / (1 + small), smaller = small / (1 + small);
            (_passed[i], _blocked[i]) = _alpha[i] >= 0 ? (larger, smaller) : (smaller, larger);
        }
    }
}
