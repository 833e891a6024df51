/** 商城前台的全部中文文字,与 en.ts 结构相同。 */
import { sharedZh } from '../../shared/words/zh.ts';
import type { Words } from './en.ts';

export const zh: Words = {
  ...sharedZh,
  shop: { name: 'GoMall', tagline: '每一天的好东西', description: '经久耐用的日常好物，价格实在，几天送达。' },
  nav: {
    skip: '跳到主要内容', main: '主导航', categories: '分类', all: '全部商品', account: '我的账户', signIn: '登录', cart: '购物车',
    cartCount_one: '购物车，{{count}} 件商品', cartCount_other: '购物车，{{count}} 件商品', language: 'English', languageLabel: 'Switch to English', menu: '菜单',
    close: '关闭', home: '首页', toLight: '使用浅色外观', toDark: '使用深色外观', breadcrumb: '当前位置',
    footerHelp: '帮助', footerShop: '选购', footerAbout: '关于', orders: '我的订单', sandbox: '试用 GraphQL 接口', admin: '商家入口',
    promise: '这是一家供体验的商店：不会扣款，也不会发货。',
  },
  search: {
    label: '搜索', placeholder: '想找点什么？', submit: '搜索', clear: '清空', suggestions: '搜索建议', products: '商品', words: '搜索词',
    suggestionCount_one: '{{count}} 条建议，可用方向键选择。', suggestionCount_other: '{{count}} 条建议，可用方向键选择。', noSuggestions: '没有建议。',
    title: '“{{query}}”的搜索结果', titleEmpty: '搜索', corrected: '没有找到“{{query}}”，以下是“{{corrected}}”的结果。',
    none: '没有找到“{{query}}”', noneHint: '换个词或少用几个词试试，也可以从分类里找找。',
  },
  list: {
    count_one: '{{count}} 件商品', count_other: '{{count}} 件商品', sort: '排序', filters: '筛选', showFilters: '筛选', showResults_one: '查看 {{count}} 件商品',
    showResults_other: '查看 {{count}} 件商品', clearAll: '全部清除', remove: '移除筛选：{{label}}', price: '价格', priceFrom: '最低', priceTo: '最高', apply: '应用',
    inStock: '仅看有货', availability: '库存', category: '分类', more: '加载更多', shown: '已显示 {{shown}} / {{total}}', moreValues: '显示全部 {{count}} 项', fewerValues: '收起',
    none: '没有符合条件的商品', noneHint: '去掉一个条件，或者重新开始。', emptyCategory: '这里还没有商品', emptyCategoryHint: '新品常常上架，先看看别处吧。',
    sorts: { BEST_SELLING: '最受欢迎', NEWEST: '最新上架', PRICE_ASC: '价格从低到高', PRICE_DESC: '价格从高到低', RATING: '评分最高' },
    facets: { brand: '品牌', material: '材质', color: '颜色', colour: '颜色', size: '尺码', style: '风格', category: '分类', audience: '适用人群', room: '房间', diet: '饮食', season: '季节', power: '供电', weight: '重量', capacity: '容量', length: '长度', binding: '装帧', height: '高度', width: '宽度', bottles: '瓶数', memory: '内存', storage: '存储', ring_size: '戒指尺寸', strength: '度数', diameter: '直径', frame: '车架', scent: '香型', pieces: '件数', tins: '罐数', capsules: '粒数', serves: '人份', bars: '块数', bristles: '刷毛', tip: '批头', people: '人数', layout: '布局', grip: '握把' },
    from: '{{price}} 起', subcategories: '{{name}}的子分类',
  },
  /** Values of options that goods keep in one language only. */
  values: { black: '黑色', white: '白色', grey: '灰色', gray: '灰色', red: '红色', blue: '蓝色', navy: '藏青', teal: '蓝绿', green: '绿色', olive: '橄榄绿', sage: '鼠尾草绿', mint: '薄荷绿', forest: '森林绿', yellow: '黄色', mustard: '芥末黄', orange: '橙色', coral: '珊瑚色', pink: '粉色', rose: '玫瑰色', purple: '紫色', plum: '梅红', lilac: '丁香紫', brown: '棕色', tan: '黄褐', camel: '驼色', sand: '沙色', beige: '米色', cream: '奶油色', natural: '原色', charcoal: '炭灰', silver: '银色', gold: '金色', clear: '透明', terracotta: '陶土色', burgundy: '酒红', sky_blue: '天蓝', sky: '天蓝', indigo: '靛蓝', turquoise: '绿松石色', ivory: '象牙白', multicolour: '多色', soft: '软毛', medium: '中毛', plain: '无香', lavender: '薰衣草', cedar: '雪松' },
  home: {
    heroTitle: '每一天的好东西', heroText: '用心挑选，价格实在，满额包邮。', heroAction: '看看新品', heroOffer: '立省 {{percent}}%', heroOfferText: '今日优惠：{{name}}',
    heroOfferAction: '查看优惠', categories: '逛逛分类', newest: '新品上架', selling: '大家正在买', loved: '买过的人都喜欢', reasonLoved: '买家评分最高', reasonSelling: '购买次数最多', seeAll: '查看全部',
    promises: { delivery: ['2–4 天送达', '全程可查，送货上门'], returns: ['发货前可取消', '款项原路退回'], pay: ['无需注册即可购买', '一页完成，只要一分钟'] },
  },
  recommended: { forYou: '为您推荐', goesWith: '与购物车里的商品搭配', everywhere: '各类热销' },
  product: {
    gallery: '{{name}} 的图片', picture: '第 {{n}} 张，共 {{total}} 张', previous: '上一张', next: '下一张', zoom: '放大', zoomHint: '可用方向键翻看图片。',
    save: '立省 {{percent}}%', before: '原价', now: '现价', inStock: '有货', left_one: '仅剩 {{count}} 件', left_other: '仅剩 {{count}} 件', soldOut: '已售罄', unknownStock: '加入购物车后会告诉您是否有货。',
    option: '选择{{name}}', soldOutOption: '{{value}}，已售罄', unavailableOption: '{{value}}，当前搭配没有', quantity: '数量', less: '减一件', moreOf: '加一件', add: '加入购物车', adding: '正在加入……', added: '{{name}} 已加入购物车。',
    delivery: '预计 {{from}} – {{to}} 送达', deliveryHint: '现在下单', description: '商品介绍', facts: '详细参数', brand: '品牌', sku: '货号',
    reviews: '评价', reviewCount_one: '{{count}} 条评价', reviewCount_other: '{{count}} 条评价', noReviews: '还没有评价', noReviewsHint: '买过的人可以写下第一条。', stars_one: '{{count}} 星', stars_other: '{{count}} 星',
    ratingOf: '{{average}} 分（满分 5 分）', histogramRow: '{{stars}}：{{count}} 条', writeReview: '写评价', reviewHint: '买过的商品都可以评价。', reviewSignIn: '登录后写评价', reviewRating: '您的评分', reviewTitle: '一句话概括', reviewBody: '喜欢哪里？不喜欢哪里？',
    reviewSend: '发布评价', reviewThanks: '谢谢！您的评价已发布。', moreReviews: '更多评价', together: '经常一起购买', similar: '您可能也喜欢', gone: '这件商品已经不在了', goneHint: '可能已下架，或者地址有误。',
    ratingMissing: '请选择 1 到 5 星。', titleMissing: '请给评价写个标题。', bodyMissing: '请写一两句话。',
  },
  cart: {
    title: '购物车', empty: '购物车是空的', emptyHint: '加入的商品会放在这里，登录后所有设备同步。', browse: '随便逛逛', remove: '移除', removeItem: '移除 {{name}}', quantityOf: '{{name}} 的数量',
    subtotal: '小计', discount: '优惠', shipping: '运费', free: '包邮', tax: '税费', taxLater: '税费在结算时按国家计算。', total: '合计', checkout: '去结算', view: '查看购物车', continue: '继续购物', accept: '接受新价格',
    problems_one: '有 {{count}} 件商品需要您看一下', problems_other: '有 {{count}} 件商品需要您看一下', refused: '没有成功：{{message}}', changed: '购物车已更新：{{count}} 件，{{total}}。', removed: '已移除 {{name}}。', undo: '撤销', only: '仅有 {{count}} 件可买。', variantGone: '这件商品已不再出售',
    live: '所有标签页实时同步', fixFirst: '请先处理标出的商品。',
  },
  checkout: {
    title: '结算', contact: '联系方式', email: '电子邮箱', emailHint: '订单邮件将发送到这里。', haveAccount: '已有账户？', signIn: '登录', signedInAs: '当前账户：{{email}}', address: '收货地址', saved: '我的地址', newAddress: '使用其他地址',
    fullName: '收货人姓名', line1: '街道和门牌号', line2: '楼层、房间、公司（选填）', city: '城市', region: '省 / 州（选填）', postalCode: '邮政编码', country: '国家或地区', phone: '电话（选填）', phoneHint: '仅在快递员找不到您时使用。',
    saveAddress: '保存到我的地址簿', payment: '支付方式', testMode: '商店处于测试模式：请选择一张测试卡，不会真正扣款。', summary: '订单内容', pay: '支付 {{amount}}', paying: '正在提交订单……', waiting: '需要几秒钟，请不要离开此页。', problemTitle: '请检查以下内容', problemCount_one: '有 {{count}} 处需要修改', problemCount_other: '有 {{count}} 处需要修改',
    required: '请填写此项。', emailInvalid: '邮箱格式不正确，例如 name@example.com。', postalInvalid: '请检查邮政编码。', tooLong: '内容太长了。', declinedTitle: '支付被拒绝', declinedHint: '没有扣款。请换一张卡再试。', priceChanged: '价格有变动', priceChangedHint: '请查看购物车并接受新价格，然后再支付。', toCart: '返回购物车',
    providerUnavailable: '测试商店暂不支持。', terms: '发货前可以取消。', edit: '修改', summaryShow: '查看订单', noScript: '购买需要启用 JavaScript。请启用它。', estimated: '预估', perCountry: '按{{country}}计算运费和税费', cards: { brand: '测试卡' },
  },
  order: {
    title: '订单 {{number}}', thanks: '谢谢！订单已提交。', confirmedTitle: '谢谢，已为您订好！', placedOn: '下单时间 {{date}}', next: '接下来', timeline: '订单动态', items: '商品', address: '寄往', payment: '支付', letter: '订单邮件将发送至 {{email}}', cancel: '取消订单', cancelTitle: '取消订单 {{number}}？', cancelText: '整个订单都会取消，已付款项会退回原卡。', cancelReason: '原因（选填）', cancelYes: '确认取消', cancelNo: '保留订单', cancelled: '订单已取消。',
    notFound: '无法显示这个订单', notFoundHint: '订单是私密的。请打开邮件里的链接，或用下单的账户登录。', action: '银行需要您确认这笔支付', actionText: '请在 {{time}} 内确认，否则订单会自动取消。', actionButton: '前往银行确认', actionExpired: '确认时间已过。', live: '本页会自动更新。', bookmark: '请保存本页地址：无需账户即可打开订单。',
    statuses: { PENDING: '处理中', CONFIRMED: '已确认', SHIPPED: '运输中', DELIVERED: '已送达', CANCELLED: '已取消' },
    payments: { NONE: '尚未支付', ACTION_REQUIRED: '等待银行确认', AUTHORISED: '已预授权', CAPTURED: '已支付', DECLINED: '被拒绝', VOIDED: '已解除预授权', PARTIALLY_REFUNDED: '部分退款', REFUNDED: '已退款' },
    nexts: { ACTION: '银行确认后我们会立即继续，在此之前商品为您保留。', PENDING: '正在核对库存和支付，通常只需几秒。', CONFIRMED: '我们正在打包，寄出后本页会自动更新。', SHIPPED: '包裹已在路上：{{carrier}}，单号 {{tracking}}。', DELIVERED: '包裹已送达，祝您使用愉快！', CANCELLED: '您无需付款。预授权或已付的款项会退还给您。' },
    refunded: '已退款', statusChanged: '订单状态更新为：{{status}}', again: '返回商城', declined: '银行拒绝了这笔支付，没有扣款。', quantity: '{{count}} ×',
  },
  notices: {
    bell: '通知', bellCount_one: '通知，{{count}} 条未读', bellCount_other: '通知，{{count}} 条未读', dismiss: '关闭', new: '新', read: '标为已读', readOne: '标为已读：{{title}}', readAll: '全部标为已读', more: '查看更早的通知',
    none: '还没有通知', noneHint: '订单动态和您关注的商品消息会出现在这里。', preferences: '通知设置', toInbox: '返回收件箱', about: '内容', inbox: '站内通知', email: '邮件', never: '不发送',
    quiet: '免打扰时段', quietHint: '免打扰期间邮件稍后发送，也不会弹出提示。紧急通知除外。', from: '开始', to: '结束', timeZone: '时区',
    backInStock: '到货通知我', backInStockOn: '到货后会通知您', backInStockSignIn: '登录后可订阅到货通知', priceDrop: '降价通知我', priceDropOn: '降价后会通知您', priceDropSignIn: '登录后可订阅降价通知',
    kinds: { ORDER_CONFIRMED: '订单已确认', ORDER_SHIPPED: '订单已发货', ORDER_DELIVERED: '订单已送达', ORDER_CANCELLED: '订单已取消', ORDER_REFUNDED: '退款', PAYMENT_DECLINED: '支付被拒绝', PAYMENT_ACTION_REQUIRED: '支付待确认', BACK_IN_STOCK: '到货通知', PRICE_DROP: '降价通知', LOW_STOCK: '库存紧张' },
  },
  account: {
    title: '我的账户', hello: '您好，{{name}}', signIn: '登录', signUp: '注册', signOut: '退出登录', email: '电子邮箱', password: '密码', newPassword: '新密码', currentPassword: '当前密码', name: '您的称呼', passwordHint: '至少 8 个字符。', show: '显示密码', hide: '隐藏密码', forgotten: '忘记密码？', noAccount: '第一次来？', hasAccount: '已有账户？', signInTitle: '欢迎回来', signUpTitle: '创建账户', signUpText: '查看订单、保存地址，在每台设备上找到您的购物车。',
    wait: '请 {{seconds}} 秒后再试。', demo: '体验账号：shopper@gomall.example，密码 gomall-demo。', forgottenTitle: '重设密码', forgottenText: '请输入您的邮箱，我们会发送一个链接。', forgottenSend: '发送链接', forgottenSent: '如果该邮箱有账户，邮件已经发出，请查收。', resetTitle: '设置新密码', resetSave: '保存密码', resetDone: '新密码已生效，请登录。', verifyTitle: '验证邮箱', verifying: '正在验证……', verified: '邮箱已验证，谢谢！', tokenMissing: '链接不完整，请从邮件中重新打开。',
    orders: '订单', notifications: '通知', profile: '个人资料', addresses: '地址', sessions: '设备', security: '密码', noOrders: '还没有订单', noOrdersHint: '登录后购买的订单会显示在这里。', order: '订单 {{number}}', save: '保存', saved: '已保存。', language: '语言', emailVerified: '已验证', emailNotVerified: '尚未验证', sendVerification: '重新发送验证邮件', verificationSent: '邮件已发出。', addAddress: '添加地址', editAddress: '修改地址', edit: '修改', removeAddress: '删除', isDefault: '设为默认', defaultAddress: '默认', noAddresses: '还没有地址', noAddressesHint: '保存一个，结算时会自动填写。', cancel: '取消',
    sessionHere: '本设备', sessionUsed: '最近使用 {{date}}', sessionSince: '登录于 {{date}}', endSession: '在那里退出', sessionsHint: '您登录过的地方。不认识的请退出。', changePassword: '修改密码', passwordChanged: '密码已修改，其他设备均已退出。', needSignIn: '请先登录', more: '显示更早的订单', items_one: '{{count}} 件商品', items_other: '{{count}} 件商品', passwordMissing: '请输入密码。', passwordShort: '密码至少 8 个字符。', nameMissing: '请告诉我们怎么称呼您。',
  },
  missing: { title: '这个地址没有内容', text: '可能已经移走，或者地址有误。搜索一下，或者从这里开始：', home: '回到首页' },
  building: '商城正在准备，稍后会自动刷新。您现在已经可以阅读本页。',
  countries: { preferred: ['CN', 'HK', 'US', 'JP', 'SG', 'DE', 'GB', 'FR', 'CA', 'AU'] },
};
