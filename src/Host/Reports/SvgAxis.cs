using System.Globalization;

namespace Pellucid.Host.Reports;

/// <summary>From numbers to places on an axis, with round numbers to write at it.</summary>
internal sealed class SvgAxis
{
    private readonly double _low, _high, _from, _to;

    /// <summary>Makes an axis that holds all values.</summary>
    /// <param name="values">At least one, finite.</param>
    /// <param name="from">Place of its low end.</param>
    /// <param name="to">Place of its high end.</param>
    public SvgAxis(IEnumerable<double> values, double from, double to)
    {
        double[] all = [.. values];
        (_low, _high, _from, _to) = (all.Min(), all.Max(), from, to);
        double margin = _high > _low ? 0.02 * (_high - _low) : Math.Max(Math.Abs(_low), 1) * 0.1;
        (_low, _high) = (_low - margin, _high + margin);
        double rough = (_high - _low) / 5, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * new[] { 1, 2, 5, 10 }.First(m => m * power >= rough * 0.999);
        Decimals = Math.Clamp((int)-Math.Floor(Math.Log10(step) + 1e-9), 0, 12);
        double first = Math.Ceiling(_low / step);
        Ticks = [.. Enumerable.Range(0, 1 + (int)Math.Floor((_high / step) - first)).Select(i => (first + i) * step)];
    }

    /// <summary>Round numbers within it.</summary>
    public IReadOnlyList<double> Ticks { get; }

    private int Decimals { get; }

    /// <summary>Place of a value.</summary>
    public double At(double value) => _from + ((value - _low) / (_high - _low) * (_to - _from));

    /// <summary>A tick as text.</summary>
    public string Name(double tick) => (tick == 0 ? 0 : tick).ToString("F" + Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
