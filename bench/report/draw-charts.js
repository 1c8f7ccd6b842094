// Runs in the report, after Chart.js: draws what the element "charts" describes.
{
  const charts = JSON.parse(document.getElementById('charts').textContent);
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  Chart.defaults.color = color('--ink');
  Chart.defaults.borderColor = color('--line');
  Chart.defaults.font.family = style.fontFamily;
  Chart.defaults.animation = false;

  const format = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));

  /** From the least to the most measured, over each bar. */
  const spread = {
    id: 'spread',
    afterDatasetsDraw({ ctx, scales, $bars }) {
      ctx.save();
      ctx.strokeStyle = color('--ink');
      ctx.lineWidth = 1.5;
      const along = $bars.horizontal ? scales.x : scales.y;
      const across = $bars.horizontal ? scales.y : scales.x;
      $bars.list.forEach(({ least, most }, index) => {
        const middle = across.getPixelForValue(index);
        const ends = [along.getPixelForValue(least), along.getPixelForValue(most)];
        const point = (end, side) => ($bars.horizontal ? [end, middle + side] : [middle + side, end]);
        ctx.beginPath();
        ctx.moveTo(...point(ends[0], 0));
        ctx.lineTo(...point(ends[1], 0));
        for (const end of ends) {
          ctx.moveTo(...point(end, -4));
          ctx.lineTo(...point(end, 4));
        }
        ctx.stroke();
      });
      ctx.restore();
    },
    beforeInit(chart) {
      chart.$bars = chart.options.plugins.spread;
    },
  };

  for (const { id, unit, better, logarithmic, kind, bars } of charts) {
    const horizontal = kind === 'bar';
    const numbers = {
      type: logarithmic ? 'logarithmic' : 'linear',
      beginAtZero: true,
      title: {
        display: true,
        text: `${unit || 'count'}${logarithmic ? ', logarithmic' : ''}; ${better} is better`,
      },
    };
    const names = { ticks: { autoSkip: false } };
    const own = (label) => (/percore|replica|^pinned/.test(label) ? color('--own') : color('--other'));
    const datasets = [
      {
        data: bars.map(({ median }) => median),
        backgroundColor: bars.map(({ label }) => own(label)),
        borderColor: color('--own'),
        borderRadius: 3,
        maxBarThickness: 26,
      },
    ];
    if (kind === 'line') {
      const first = bars[0].median;
      const data = bars.map(({ label }) => first * Number.parseInt(label, 10));
      datasets.push({ data, borderColor: color('--other'), borderDash: [6, 4], pointRadius: 0 });
    }
    new Chart(document.getElementById(id), {
      type: kind,
      data: { labels: bars.map(({ label }) => label), datasets },
      plugins: [spread],
      options: {
        indexAxis: horizontal ? 'y' : 'x',
        maintainAspectRatio: false,
        scales: horizontal ? { x: numbers, y: names } : { x: names, y: numbers },
        plugins: {
          legend: { display: false },
          spread: { list: bars, horizontal },
          tooltip: {
            callbacks: {
              label: ({ dataIndex, raw }) => {
                const { least, most, count } = bars[dataIndex];
                return `${format(raw)} ${unit} (${format(least)} to ${format(most)} in ${count} rounds)`;
              },
            },
          },
        },
      },
    });
  }
}
